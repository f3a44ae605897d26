package io.cloudoperator.sample.data;

/**
 * Marks what an answer carries besides, and what nobody is to keep: environments, headers, keys,
 * variables, templates, addresses, descriptions, tags.
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
