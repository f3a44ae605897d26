package io.cloudoperator.scan;

import java.time.Instant;
import java.util.List;

/**
 * Every call that was made in a customer's account for one scan, or for one verification of its
 * role.
 *
 * @param session the name of the role's sessions, as the customer finds it in CloudTrail: the
 *     scan's id, or an id of the same form for a verification
 * @param begunAt before the first of the calls
 * @param calls in the order in which they were sent
 */
public record Ledger(ScanId session, Kind kind, Instant begunAt, List<Call> calls) {
  /** How many of each kind are kept of a connection: as many as snapshots. */
  public static final int KEPT = Snapshot.KEPT;

  public Ledger {
    calls = List.copyOf(calls);
  }

  /** What the calls were made for. */
  public enum Kind {
    SCAN,
    VERIFICATION
  }
}
