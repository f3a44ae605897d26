package io.cloudoperator.receipt;

/** The result of verifying a receipt. */
public sealed interface Verification {
  /** We signed exactly this. */
  record Verified(Receipt receipt) implements Verification {}

  /**
   * Not a receipt of ours.
   *
   * @param why a sentence that repeats nothing of it
   */
  record Refused(String why) implements Verification {}
}
