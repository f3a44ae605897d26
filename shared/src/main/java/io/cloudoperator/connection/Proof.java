package io.cloudoperator.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The attempts to assume the role that show whether it needs the connection's External ID. The
 * probes stand in the order in which they were made: a denial proves nothing before a success.
 *
 * @param policy under which the verdict was accepted
 */
public record Proof(Instant at, Verdict verdict, ProofPolicy policy, List<Probe> probes) {
  /** The age at which it is repeated before a scan. */
  public static final Duration REPEATED_AFTER = Duration.ofHours(24);

  /**
   * The age at which no scan is admitted on it any more, should AWS give no clear answer when it is
   * repeated. Three days: a daily scan that gets no answer goes on twice, and stops at the third.
   */
  public static final Duration HOLDS_FOR = Duration.ofDays(3);

  public Proof {
    probes = List.copyOf(probes);
  }

  /** Whether it is to be repeated before a scan that begins now. */
  public boolean due(Instant now) {
    return !now.isBefore(at.plus(REPEATED_AFTER));
  }

  /** When it has reached the age of {@link #HOLDS_FOR}; it holds before that, and not at it. */
  public Instant holdsUntil() {
    return at.plus(HOLDS_FOR);
  }

  /** The verdict of all probes. */
  public enum Verdict {
    /** Assumed with the External ID, denied without it and with another. */
    PROVEN,
    /**
     * Assumed without the External ID, or with another: anyone we serve could reach the account.
     */
    CONFUSED_DEPUTY
  }

  /**
   * One attempt and its answer.
   *
   * @param errorCode AWS's code of the refusal; empty when allowed
   */
  public record Probe(Attempt attempt, boolean allowed, String errorCode) {}

  /** One way of trying to assume the role. */
  public enum Attempt {
    WITH_EXTERNAL_ID,
    WITHOUT_EXTERNAL_ID,
    WITH_ANOTHER_EXTERNAL_ID
  }
}
