package io.cloudoperator.connection;

import java.time.Instant;
import java.util.List;

/**
 * The attempts to assume the role that show whether it needs the connection's External ID. The
 * probes stand in the order in which they were made: a denial proves nothing before a success.
 *
 * @param policy under which the verdict was accepted
 */
public record Proof(Instant at, Verdict verdict, ProofPolicy policy, List<Probe> probes) {
  public Proof {
    probes = List.copyOf(probes);
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
