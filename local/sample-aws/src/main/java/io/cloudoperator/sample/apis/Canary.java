package io.cloudoperator.sample.apis;

/**
 * Marks what an answer carries besides, and what nobody is to keep: environments, headers, keys,
 * variables, templates, addresses, descriptions, tags.
 */
public final class Canary {

  /** Every such value has it. */
  public static final String MARK = "sample-secret";

  private Canary() {}

  /** A value to be dropped. */
  public static String of(String what) {
    return MARK + "-" + what;
  }
}
