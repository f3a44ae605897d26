package io.cloudoperator.connect;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.TrustProbes;
import io.cloudoperator.session.TrustProbes.Probed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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

  private final RoleSessions access;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final TrustProbes probes;

  RoleTrial(
      RoleSessions access, InstantSource clock, Sleeper sleeper, Supplier<RandomGenerator> random) {
    this.access = access;
    this.clock = clock;
    this.sleeper = sleeper;
    this.probes = new TrustProbes(access, random);
  }

  /**
   * Tries the role out.
   *
   * @param sessionName as the customer sees it in CloudTrail
   */
  Verdict run(RoleArn role, ExternalId externalId, String sessionName, Tier tier) {
    return switch (assumePatiently(role, externalId, sessionName, tier)) {
      case Opening.In in -> probe(in.account(), role, sessionName, tier);
      case Opening.Out out -> out.verdict();
    };
  }

  private Opening assumePatiently(
      RoleArn role, ExternalId externalId, String sessionName, Tier tier) {
    Instant end = clock.instant().plus(PATIENCE);
    Duration pause = FIRST_PAUSE;
    while (true) {
      Opening opening = assume(role, externalId, sessionName, tier);
      Duration left = Duration.between(clock.instant(), end);
      if (!(opening instanceof Opening.Out out) || !out.mayPass() || !left.isPositive()) {
        return opening;
      }
      sleep(shorter(pause, left));
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private Opening assume(RoleArn role, ExternalId externalId, String sessionName, Tier tier) {
    return switch (access.assume(role, Optional.of(externalId), sessionName, tier)) {
      case AssumeRoleResult.Granted granted -> identify(granted.session(), role.account());
      case AssumeRoleResult.Denied denied ->
          new Opening.Out(new Verdict.NotAssumable(denied.code()), true);
      case AssumeRoleResult.Inconclusive unclear ->
          new Opening.Out(new Verdict.Unknown(unclear.code()), false);
    };
  }

  private static Opening identify(RoleSession session, AccountId expected) {
    return switch (session.identity()) {
      case Reading.Complete<AccountId>(AccountId account) when account.equals(expected) ->
          new Opening.In(account);
      case Reading.Complete<AccountId> _ -> new Opening.Out(new Verdict.AnotherAccount(), false);
      // The session itself may be too new for the endpoint that was asked.
      case Reading.Unread<AccountId> unread ->
          new Opening.Out(new Verdict.Unknown(unread.code()), true);
    };
  }

  private Verdict probe(AccountId account, RoleArn role, String sessionName, Tier tier) {
    return switch (probes.probe(role, sessionName, tier)) {
      case Probed.Shown shown -> new Verdict.Assumed(account, shown.verdict(), shown.probes());
      case Probed.Inconclusive unclear -> new Verdict.Unknown(unclear.code());
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

  private sealed interface Opening {
    record In(AccountId account) implements Opening {}

    /**
     * @param mayPass whether a role that is only new would answer like this
     */
    record Out(Verdict verdict, boolean mayPass) implements Opening {}
  }
}
