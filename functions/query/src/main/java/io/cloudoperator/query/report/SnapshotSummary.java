package io.cloudoperator.query.report;

import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The latest result in a few numbers.
 *
 * @param whole whether everything was read that was to be read
 * @param instances of all states, in {@code regionsCounted} of {@code regionsEnabled} regions
 * @param regionsNotChosen how many of them the scan was told to leave out; absent if none
 * @param running how many of them run
 * @param buckets absent if they could not be read
 * @param apis absent below the audit tier
 */
public record SnapshotSummary(
    ScanId scanId,
    Run.Trigger trigger,
    Instant startedAt,
    Instant finishedAt,
    boolean whole,
    int regionsCounted,
    int regionsEnabled,
    Optional<Integer> regionsNotChosen,
    long instances,
    long running,
    Optional<Long> buckets,
    Optional<Apis> apis,
    List<Flag> flags) {

  public static SnapshotSummary of(Snapshot snapshot) {
    return new SnapshotSummary(
        snapshot.key().scan(),
        snapshot.trigger(),
        snapshot.startedAt(),
        snapshot.finishedAt(),
        snapshot.whole(),
        snapshot.totals().regionsCounted(),
        snapshot.totals().regionsEnabled(),
        Optional.of(snapshot.coverage().notChosen().size()).filter(left -> left > 0),
        snapshot.totals().instances().total(),
        snapshot.totals().instances().of("byState", "running"),
        snapshot.totals().buckets().map(Counts::total),
        snapshot.apis().map(Apis::of),
        snapshot.flags().stream()
            .map(flag -> new Flag(flag.kind(), flag.severity(), flag.count()))
            .toList());
  }

  /**
   * The APIs in a few numbers.
   *
   * @param whole whether every service was read in every region
   */
  record Apis(boolean whole, long apis, long routes, long publicRoutesWithoutAuthorization) {
    private static Apis of(ApiSummary summary) {
      return new Apis(
          summary.unread().isEmpty(),
          sum(summary.apis().values()),
          sum(summary.routes().values()),
          summary.publicRoutesWithoutAuthorization());
    }

    private static long sum(Collection<Long> counts) {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** A risk flag without its words. */
  record Flag(RiskFlag.Kind kind, Severity severity, long count) {}
}
