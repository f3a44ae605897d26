package io.cloudoperator.session;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.SessionPhase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens sessions in an expected AWS account: AssumeRole with the External ID, then
 * GetCallerIdentity, then the comparison. A session in any other account is never handed out,
 * whatever was mixed up before. Makes no other call and throws for nothing that AWS answers.
 *
 * @param roles where roles are assumed
 */
public record AccountSessions(RoleSessions roles) {
  /**
   * Opens one.
   *
   * @param expected the account that is to be read
   * @param sessionName as the customer sees it in CloudTrail
   */
  public SessionResult open(
      RoleArn role,
      ExternalId externalId,
      AccountId expected,
      String sessionName,
      Tier tier,
      SessionPhase phase) {
    return switch (roles.assume(role, Optional.of(externalId), sessionName, tier, phase)) {
      case AssumeRoleResult.Granted(var session, _, var calls) ->
          switch (session.identity()) {
            case Reading.Complete<AccountId>(var account, var _) when account.equals(expected) ->
                new SessionResult.Opened(session, role, externalId, calls);
            case Reading.Complete<AccountId> _ ->
                new SessionResult.WrongAccount(concat(calls, session.calls()));
            case Reading.Unread<AccountId>(var reason, var code) ->
                new SessionResult.Unidentified(reason, code, concat(calls, session.calls()));
          };
      case AssumeRoleResult.Denied(var code, var calls) -> new SessionResult.Denied(code, calls);
      case AssumeRoleResult.Inconclusive(var code, var calls) ->
          new SessionResult.Inconclusive(code, calls);
    };
  }

  private static List<Call> concat(List<Call> first, List<Call> others) {
    return Stream.concat(first.stream(), others.stream()).toList();
  }
}
