package io.cloudoperator.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a scan, kept for 24 hours after it began.
 *
 * @param generation of the connection when the run began
 * @param choice of the regions that it reads
 * @param deadline after which it counts as timed out, whatever is stored
 * @param failure why it failed; present exactly when it did
 */
public record Run(
    ScanKey key,
    long generation,
    Trigger trigger,
    RegionChoice choice,
    Instant startedAt,
    Instant deadline,
    State state,
    Optional<Failure> failure) {
  // An Express execution ends after 5 minutes:
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  public static final Duration LONGEST = Duration.ofMinutes(6);

  /** How long after its start it can be read: for what a snapshot keeps, no run is needed. */
  public static final Duration KEPT_FOR = Duration.ofHours(24);

  /**
   * Why a run failed that somebody cancelled. It is stored as any other that failed, so that an
   * earlier release reads it.
   */
  public static final Failure CANCELLED =
      new Failure("cancelled", "The scan was cancelled by a request.");

  /**
   * @throws IllegalArgumentException unless a failure is there exactly when the run failed
   */
  public Run {
    if (failure.isPresent() != (state == State.FAILED)) {
      throw new IllegalArgumentException("a run has a failure exactly when it failed");
    }
  }

  /** A run of all regions that begins now. */
  public static Run begin(ScanKey key, long generation, Trigger trigger, Instant now) {
    return begin(key, generation, trigger, RegionChoice.ALL, now);
  }

  /** A run that begins now. */
  public static Run begin(
      ScanKey key, long generation, Trigger trigger, RegionChoice choice, Instant now) {
    return new Run(
        key, generation, trigger, choice, now, now.plus(LONGEST), State.RUNNING, Optional.empty());
  }

  /**
   * The state as a reader sees it at {@code now}: a run past its deadline has timed out, and one
   * that failed because somebody cancelled it is cancelled.
   */
  public State stateAt(Instant now) {
    if (failure.filter(why -> why.code().equals(CANCELLED.code())).isPresent()) {
      return State.CANCELLED;
    }
    return state == State.RUNNING && now.isAfter(deadline) ? State.TIMED_OUT : state;
  }

  /** What started it. */
  public enum Trigger {
    ON_DEMAND,
    SCHEDULE
  }

  /** {@code CANCELLED} and {@code TIMED_OUT} are what readers see; they are never stored. */
  public enum State {
    RUNNING,
    CONCLUDED,
    FAILED,
    CANCELLED,
    TIMED_OUT
  }

  /**
   * The reason why a run ended without a snapshot.
   *
   * @param code stable, such as {@code role_not_assumable}
   * @param message one sentence for people, without any value of the customer's account
   */
  public record Failure(String code, String message) {}
}
