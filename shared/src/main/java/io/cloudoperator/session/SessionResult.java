package io.cloudoperator.session;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import java.util.List;
import java.util.stream.Stream;

/** The result of opening a session in an expected account. */
public sealed interface SessionResult {
  /** Every call that was made for it, in order; of an open session, every call so far. */
  List<Call> calls();

  /**
   * The session is in the expected account.
   *
   * @param assumeRole the calls that opened it
   */
  record Opened(RoleSession session, RoleArn role, ExternalId externalId, List<Call> assumeRole)
      implements SessionResult {
    public Opened {
      assumeRole = List.copyOf(assumeRole);
    }

    @Override
    public List<Call> calls() {
      return Stream.concat(assumeRole.stream(), session.calls().stream()).toList();
    }

    /** The same session, with more attempts to assume its role that belong to it. */
    public Opened plus(List<Call> attempts) {
      return new Opened(
          session,
          role,
          externalId,
          Stream.concat(assumeRole.stream(), attempts.stream()).toList());
    }
  }

  /** AWS refused AssumeRole: role, trust policy, External ID or an SCP, it does not say which. */
  record Denied(String code, List<Call> calls) implements SessionResult {
    public Denied {
      calls = List.copyOf(calls);
    }
  }

  /** AssumeRole got no verdict: throttled, unreachable, or our own credentials are at fault. */
  record Inconclusive(String code, List<Call> calls) implements SessionResult {
    public Inconclusive {
      calls = List.copyOf(calls);
    }
  }

  /** The role led into another account; nothing but its identity was read. */
  record WrongAccount(List<Call> calls) implements SessionResult {
    public WrongAccount {
      calls = List.copyOf(calls);
    }
  }

  /** The role was assumed, but GetCallerIdentity could not be read. */
  record Unidentified(Reading.Reason reason, String code, List<Call> calls)
      implements SessionResult {
    public Unidentified {
      calls = List.copyOf(calls);
    }
  }
}
