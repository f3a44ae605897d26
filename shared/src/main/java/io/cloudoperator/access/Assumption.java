package io.cloudoperator.access;

import io.cloudoperator.scan.CallCount;

/** What became of trying to assume a customer's role. */
public sealed interface Assumption {
  /** AssumeRole as the ledger counts it. */
  CallCount call();

  /** Assumed. The session's credentials live in memory only, for 900 seconds. */
  record Granted(CustomerSession session, CallCount call) implements Assumption {}

  /** AWS refused: it does not say whether role, trust policy, External ID or an SCP is why. */
  record Denied(String code, CallCount call) implements Assumption {}

  /**
   * No verdict: throttled, unreachable, or our own credentials are at fault.
   *
   * @param code AWS's error code, or a word of ours where no answer came
   */
  record Inconclusive(String code, CallCount call) implements Assumption {}
}
