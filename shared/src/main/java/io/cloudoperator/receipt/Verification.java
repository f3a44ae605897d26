package io.cloudoperator.receipt;

/** What came of checking a receipt. */
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
