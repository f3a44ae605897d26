package io.cloudoperator.scanner;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scanner.SessionOpener.ScanSession;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.iam.RequestedRole;
import java.util.List;

/**
 * Checks the account of a connection of the audit tier, in a session that can do nothing else. It
 * is beside a scan: whatever goes wrong with it costs the scan nothing, and is said.
 * docs/decisions/020-checks-of-the-account.md
 */
final class AccountAudit {
  /** The code of what was not checked for a reason of ours. */
  static final String INTERNAL = "Internal";

  private final SessionOpener sessions;
  private final AccountId brokerAccount;
  private final String brokerRoles;
  private final Telemetry telemetry;

  /**
   * @param settings of which those that say whom customers' roles are to trust
   */
  AccountAudit(SessionOpener sessions, Settings settings, Telemetry telemetry) {
    this.sessions = sessions;
    this.brokerAccount = settings.brokerAccount();
    this.brokerRoles = settings.brokerRolePattern();
    this.telemetry = telemetry;
  }

  /**
   * What was found, and every call for it.
   *
   * @param expected the account that is scanned: nothing is read of another
   */
  WithCalls<AccountChecks> check(Connection connection, AccountId expected, ScanId scan) {
    try {
      return switch (sessions.open(connection, expected, scan, SessionPhase.VERIFY)) {
        case ScanSession.Opened(var opened) -> {
          RequestedRole asked =
              new RequestedRole(opened.role(), opened.externalId(), brokerAccount, brokerRoles);
          AccountChecks checks = opened.session().checkAccount(asked).outcome();
          yield new WithCalls<>(checks, opened.calls());
        }
        case ScanSession.Refused(_, var reason, var code, var calls) ->
            new WithCalls<>(AccountChecks.unread(reason, code), calls);
      };
    } catch (RuntimeException e) {
      telemetry.failed(LogEvent.ACCOUNT_NOT_CHECKED, e);
      return new WithCalls<>(AccountChecks.unread(Reading.Reason.FAILED, INTERNAL), List.of());
    }
  }
}
