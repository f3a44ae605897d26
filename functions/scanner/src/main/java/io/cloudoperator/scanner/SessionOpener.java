package io.cloudoperator.scanner;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AccountSessions;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.SessionResult;
import io.cloudoperator.vault.RoleVault;
import io.cloudoperator.vault.TamperedReferenceException;
import java.util.List;

/**
 * Opens sessions for scans: the connection's role reference is opened by the vault, and what {@link
 * AccountSessions} then answers becomes what is said of the scan and of its regions.
 */
final class SessionOpener {
  /** The code of what was not read because the session was on another account. */
  static final String ACCOUNT_MISMATCH = "AccountMismatch";

  /** The code of what was not read because the role reference could not be trusted. */
  static final String REFERENCE_TAMPERED = "ReferenceTampered";

  private final RoleVault vault;
  private final AccountSessions accounts;

  SessionOpener(RoleVault vault, RoleSessions roles) {
    this.vault = vault;
    this.accounts = new AccountSessions(roles);
  }

  /** What became of opening a session. */
  sealed interface ScanSession {
    /** The session is in the connection's account. */
    record Opened(SessionResult.Opened session) implements ScanSession {}

    /**
     * There is no session to work with.
     *
     * @param reason what to say of a region that was to be read with it
     * @param code AWS's, or a word of ours
     */
    record Refused(ScanFailure failure, Reading.Reason reason, String code, List<Call> calls)
        implements ScanSession {}
  }

  /**
   * Opens a session that the customer sees in CloudTrail under the scan's id.
   *
   * @param connection active or suspended
   * @param expected the account that is to be scanned
   */
  ScanSession open(Connection connection, AccountId expected, ScanId scan) {
    return open(connection, expected, scan, SessionPhase.SCAN);
  }

  /** As to scan, for another phase. */
  ScanSession open(Connection connection, AccountId expected, ScanId scan, SessionPhase phase) {
    RoleReference reference;
    try {
      reference =
          vault.open(connection.tenant(), connection.id(), connection.reference().orElseThrow());
    } catch (TamperedReferenceException _) {
      return tampered();
    }
    if (reference.roleArn().isEmpty()) {
      // A connection is proven with its role.
      return tampered();
    }
    return switch (accounts.open(
        reference.roleArn().get(),
        reference.externalId(),
        expected,
        scan.value(),
        connection.tier(),
        phase)) {
      case SessionResult.Opened opened -> new ScanSession.Opened(opened);
      case SessionResult.Denied(var code, var calls) ->
          new ScanSession.Refused(
              ScanFailure.ROLE_NOT_ASSUMABLE, Reading.Reason.DENIED_BY_IAM, code, calls);
      case SessionResult.Inconclusive(var code, var calls) ->
          new ScanSession.Refused(ScanFailure.AWS_UNAVAILABLE, Reading.Reason.FAILED, code, calls);
      case SessionResult.WrongAccount(var calls) ->
          new ScanSession.Refused(
              ScanFailure.ACCOUNT_MISMATCH, Reading.Reason.FAILED, ACCOUNT_MISMATCH, calls);
      case SessionResult.Unidentified(var reason, var code, var calls) ->
          new ScanSession.Refused(ScanFailure.AWS_UNAVAILABLE, reason, code, calls);
    };
  }

  private static ScanSession tampered() {
    return new ScanSession.Refused(
        ScanFailure.REFERENCE_TAMPERED, Reading.Reason.FAILED, REFERENCE_TAMPERED, List.of());
  }
}
