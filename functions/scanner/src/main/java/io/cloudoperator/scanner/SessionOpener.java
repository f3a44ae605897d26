package io.cloudoperator.scanner;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.vault.RoleVault;
import io.cloudoperator.vault.TamperedReferenceException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens a session on a connection's account, and makes sure that it is that account: nothing is
 * read from another one, whatever was mixed up before.
 */
final class SessionOpener {
  /** The code of what was not read because the session was on another account. */
  static final String ACCOUNT_MISMATCH = "AccountMismatch";

  /** The code of what was not read because the role reference could not be trusted. */
  static final String REFERENCE_TAMPERED = "ReferenceTampered";

  private final RoleVault vault;
  private final RoleSessions access;

  SessionOpener(RoleVault vault, RoleSessions access) {
    this.vault = vault;
    this.access = access;
  }

  /** What became of opening a session. */
  sealed interface Opening {
    /** The session is on the connection's account. */
    record Opened(RoleSession session, RoleArn role, ExternalId externalId, List<Call> assumeRole)
        implements Opening {
      /** All calls that the session itself has made, and the one that opened it. */
      List<Call> calls() {
        return with(assumeRole, session.calls());
      }

      /** The same session, which these attempts to assume its role belong to as well. */
      Opened and(List<Call> attempts) {
        return new Opened(session, role, externalId, with(assumeRole, attempts));
      }
    }

    /**
     * There is no session to work with.
     *
     * @param reason what to say of a region that was to be read with it
     * @param code AWS's, or a word of ours
     */
    record Refused(ScanFailure failure, Reading.Reason reason, String code, List<Call> calls)
        implements Opening {}
  }

  /**
   * Opens a session that the customer sees in CloudTrail under the scan's id.
   *
   * @param connection active or suspended
   * @param expected the account that is to be scanned
   */
  Opening open(Connection connection, AccountId expected, ScanId scan) {
    return open(connection, expected, scan, SessionPhase.SCAN);
  }

  /** As to scan, for another phase. */
  Opening open(Connection connection, AccountId expected, ScanId scan, SessionPhase phase) {
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
    RoleArn role = reference.roleArn().get();
    AssumeRoleResult assumption =
        access.assume(
            role, Optional.of(reference.externalId()), scan.value(), connection.tier(), phase);
    return switch (assumption) {
      case AssumeRoleResult.Granted(var session, _, var calls) ->
          identified(session, reference.externalId(), role, calls, expected);
      case AssumeRoleResult.Denied(var code, var calls) ->
          new Opening.Refused(
              ScanFailure.ROLE_NOT_ASSUMABLE, Reading.Reason.DENIED_BY_IAM, code, calls);
      case AssumeRoleResult.Inconclusive(var code, var calls) ->
          new Opening.Refused(ScanFailure.AWS_UNAVAILABLE, Reading.Reason.FAILED, code, calls);
    };
  }

  private static Opening identified(
      RoleSession session,
      ExternalId externalId,
      RoleArn role,
      List<Call> assumeRole,
      AccountId expected) {
    return switch (session.identity()) {
      case Reading.Complete<AccountId>(var account) when account.equals(expected) ->
          new Opening.Opened(session, role, externalId, assumeRole);
      case Reading.Complete<AccountId> _ ->
          new Opening.Refused(
              ScanFailure.ACCOUNT_MISMATCH,
              Reading.Reason.FAILED,
              ACCOUNT_MISMATCH,
              with(assumeRole, session.calls()));
      case Reading.Unread<AccountId>(var reason, var code) ->
          new Opening.Refused(
              ScanFailure.AWS_UNAVAILABLE, reason, code, with(assumeRole, session.calls()));
    };
  }

  private static Opening tampered() {
    return new Opening.Refused(
        ScanFailure.REFERENCE_TAMPERED, Reading.Reason.FAILED, REFERENCE_TAMPERED, List.of());
  }

  private static List<Call> with(List<Call> first, List<Call> others) {
    return Stream.concat(first.stream(), others.stream()).toList();
  }
}
