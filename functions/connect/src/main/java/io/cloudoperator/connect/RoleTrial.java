package io.cloudoperator.connect;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AccountSessions;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.SessionResult;
import io.cloudoperator.session.TrustProbes;
import io.cloudoperator.session.TrustProbes.Probed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Assumes a role as we will for every scan, then tries to assume it as nobody should be able to.
 *
 * <p>A role that has just been made is denied for seconds, sometimes for a minute, until IAM has
 * told all of its endpoints: denials are tried again for as long as a request may take. The probes
 * come after the success, for only then does a denial say something about the trust policy.
 */
final class RoleTrial {
  /** How long denials are tried again. API Gateway gives up on us after 30 seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final AccountSessions accounts;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final TrustProbes probes;

  RoleTrial(
      RoleSessions access,
      InstantSource clock,
      Sleeper sleeper,
      Supplier<? extends RandomGenerator> random) {
    this.accounts = new AccountSessions(access);
    this.clock = clock;
    this.sleeper = sleeper;
    this.probes = new TrustProbes(access, random);
  }

  /**
   * Tries the role out.
   *
   * @param sessionName as the customer sees it in CloudTrail
   */
  TrialResult run(RoleArn role, ExternalId externalId, String sessionName, Tier tier) {
    return switch (openPatiently(role, externalId, sessionName, tier)) {
      case SessionResult.Opened _ -> probe(role, sessionName, tier);
      case SessionResult.Denied(var code, _) -> new TrialResult.NotAssumable(code);
      case SessionResult.WrongAccount _ -> new TrialResult.WrongAccount();
      case SessionResult.Inconclusive(var code, _) -> new TrialResult.Inconclusive(code);
      case SessionResult.Unidentified(_, var code, _) -> new TrialResult.Inconclusive(code);
    };
  }

  private SessionResult openPatiently(
      RoleArn role, ExternalId externalId, String sessionName, Tier tier) {
    Instant end = clock.instant().plus(PATIENCE);
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
  private static boolean mayPass(SessionResult result) {
    return switch (result) {
      // The session itself may be too new for the endpoint that was asked.
      case SessionResult.Denied _, SessionResult.Unidentified _ -> true;
      case SessionResult.Opened _, SessionResult.Inconclusive _, SessionResult.WrongAccount _ ->
          false;
    };
  }

  private TrialResult probe(RoleArn role, String sessionName, Tier tier) {
    return switch (probes.probe(role, sessionName, tier)) {
      case Probed.Shown shown ->
          new TrialResult.Assumed(role.account(), shown.verdict(), shown.probes());
      case Probed.Inconclusive unclear -> new TrialResult.Inconclusive(unclear.code());
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
