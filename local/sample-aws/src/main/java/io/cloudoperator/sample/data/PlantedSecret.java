package io.cloudoperator.sample.data;

/**
 * Marks what an answer carries besides, and what nobody is to keep: environments, headers, keys,
 * variables, templates, addresses, descriptions, tags, and the names of key pairs, security groups,
 * instance profiles and owners. Ids need no mark: each of them is in no other account.
 */
public final class PlantedSecret {

  /** Every such value has it. */
  public static final String MARK = "sample-secret";

  private PlantedSecret() {}

  /** A value to be dropped. */
  public static String of(String what) {
    return MARK + "-" + what;
  }
}
