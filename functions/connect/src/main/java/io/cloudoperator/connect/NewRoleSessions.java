package io.cloudoperator.connect;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AccountSessions;
import io.cloudoperator.session.SessionResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Opens a session with a role that may have just been made. Such a role is denied for seconds,
 * sometimes for a minute, until IAM has told all of its endpoints.
 */
final class NewRoleSessions {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Sleeper sleeper;

  NewRoleSessions(InstantSource clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * Opens a session as we will for every scan, in the account that the role's ARN names.
   *
   * @param sessionName as the customer sees it in CloudTrail
   * @param patience how long a refusal that may pass is tried again; zero to try once
   */
  SessionResult open(
      AccountSessions accounts,
      RoleArn role,
      ExternalId externalId,
      String sessionName,
      Tier tier,
      Duration patience) {
    Instant end = clock.instant().plus(patience);
    Duration pause = FIRST_PAUSE;
    while (true) {
      SessionResult result =
          accounts.open(role, externalId, role.account(), sessionName, tier, SessionPhase.SCAN);
      Duration left = Duration.between(clock.instant(), end);
      if (!mayPass(result) || !left.isPositive()) {
        return result;
      }
      sleep(shorter(pause, left));
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  /** Whether a role that is only new would answer like this. */
  static boolean mayPass(SessionResult result) {
    return switch (result) {
      // The session itself may be too new for the endpoint that was asked.
      case SessionResult.Denied _, SessionResult.Unidentified _ -> true;
      case SessionResult.Opened _, SessionResult.Inconclusive _, SessionResult.WrongAccount _ ->
          false;
    };
  }

  private void sleep(Duration duration) {
    try {
      sleeper.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for a role", e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
