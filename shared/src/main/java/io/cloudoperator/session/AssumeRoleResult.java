package io.cloudoperator.session;

import io.cloudoperator.call.Call;
import java.util.List;

/** The result of an attempt to assume a customer's role. */
public sealed interface AssumeRoleResult {
  /** Every attempt to call AssumeRole; empty where the request was never sent. */
  List<Call> calls();

  /**
   * Assumed. The session's credentials live in memory only, for 900 seconds.
   *
   * @param packedPolicyPercent how much of what STS allows the session policy took
   */
  record Granted(RoleSession session, int packedPolicyPercent, List<Call> calls)
      implements AssumeRoleResult {
    public Granted {
      calls = List.copyOf(calls);
    }
  }

  /** AWS refused: it does not say whether role, trust policy, External ID or an SCP is why. */
  record Denied(String code, List<Call> calls) implements AssumeRoleResult {
    public Denied {
      calls = List.copyOf(calls);
    }
  }

  /**
   * No verdict: throttled, unreachable, or our own credentials are at fault.
   *
   * @param code AWS's error code, or one of our own where no answer came
   */
  record Inconclusive(String code, List<Call> calls) implements AssumeRoleResult {
    public Inconclusive {
      calls = List.copyOf(calls);
    }
  }
}
