package io.cloudoperator.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The proofs of a connection's role that were asked for lately, and the one that goes on without
 * its caller: a role that AWS refuses may be too new, and is tried again in the background.
 *
 * @param since when the first of those that are counted was asked for
 * @param asked how many were asked for since then
 * @param until when it ends at the latest, proven or not; present exactly while it goes on
 * @param candidate names the role that is tried, sealed, if it is another than the connection's
 *     own; only while it goes on
 * @param problem why the role is not proven, as the JSON that the HTTP API answers; present while
 *     it goes on, and after it ended in vain
 */
public record RoleVerification(
    Instant since,
    int asked,
    Optional<Instant> until,
    Optional<SealedReference> candidate,
    Optional<String> problem) {

  /** How many proofs of a connection may be asked for in {@link #COUNTED_FOR}. */
  public static final int MOST_ASKED = 10;

  public static final Duration COUNTED_FOR = Duration.ofMinutes(5);

  /**
   * How long it may go on, from when it was asked for: longer than it tries, for it may have to
   * wait for its turn, and be begun again by another process.
   */
  public static final Duration GOES_ON_FOR = Duration.ofMinutes(2);

  public RoleVerification {
    if (until.isPresent() ? problem.isEmpty() : candidate.isPresent()) {
      throw new IllegalArgumentException("a verification that goes on has a problem, and an end");
    }
  }

  /** The status of a verification whose role is not proven. */
  public enum Status {
    /** The role is tried again. */
    VERIFYING,
    /** It is not tried any more. */
    FAILED
  }

  /** Empty if nothing is in doubt. */
  public Optional<Status> status() {
    return problem.map(_ -> until.isPresent() ? Status.VERIFYING : Status.FAILED);
  }

  public boolean goesOn() {
    return until.isPresent();
  }

  /** As it is by {@code now}: ended, whoever was to write that. */
  public RoleVerification asOf(Instant now) {
    return until
        .filter(end -> !now.isBefore(end))
        .map(_ -> new RoleVerification(since, asked, Optional.empty(), Optional.empty(), problem))
        .orElse(this);
  }

  /**
   * With one more that is asked for, in place of one that goes on; empty if there were {@link
   * #MOST_ASKED}.
   *
   * @param before the connection's, if it has one
   */
  public static Optional<RoleVerification> askedFor(
      Optional<RoleVerification> before, Instant now) {
    Optional<RoleVerification> counted = before.filter(last -> now.isBefore(last.countedUntil()));
    int asked = counted.map(RoleVerification::asked).orElse(0);
    return asked == MOST_ASKED
        ? Optional.empty()
        : Optional.of(
            new RoleVerification(
                counted.map(RoleVerification::since).orElse(now),
                asked + 1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  /** From when on those that are counted count no more. */
  public Instant countedUntil() {
    return since.plus(COUNTED_FOR);
  }

  /** It goes on from now, with another role than the connection's own if there is a candidate. */
  public RoleVerification begun(Instant now, Optional<SealedReference> tried, String why) {
    return new RoleVerification(
        since, asked, Optional.of(now.plus(GOES_ON_FOR)), tried, Optional.of(why));
  }

  /** Ended: without a problem if the role was proven. */
  public RoleVerification ended(Optional<String> why) {
    return new RoleVerification(since, asked, Optional.empty(), Optional.empty(), why);
  }
}
