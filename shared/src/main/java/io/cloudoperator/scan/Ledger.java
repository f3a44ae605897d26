package io.cloudoperator.scan;

import io.cloudoperator.call.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

  /** What one run has called. */
  public static Ledger of(Run run, List<Call> calls) {
    return new Ledger(run.key().scan(), Kind.SCAN, run.startedAt(), inOrder(calls));
  }

  /**
   * What one run has called so far.
   *
   * @param plan empty before there was one
   */
  public static Ledger of(Run run, Optional<Plan> plan, List<ShardProgress> progress) {
    List<Call> calls = new ArrayList<>();
    plan.ifPresent(planned -> calls.addAll(planned.calls()));
    progress.forEach(shard -> calls.addAll(shard.calls()));
    return of(run, calls);
  }

  /** Shards run in parallel, so calls are ordered by their times. */
  private static List<Call> inOrder(List<Call> calls) {
    return calls.stream().sorted(Comparator.comparing(Call::at)).toList();
  }

  /** What the calls were made for. */
  public enum Kind {
    SCAN,
    VERIFICATION
  }
}
