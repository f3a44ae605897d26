package io.cloudoperator.query;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.query.report.SnapshotView;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Trend;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A connection's snapshots and what changed between them.
 *
 * @param snapshots newest first
 * @param trends between two snapshots that are both shown, newest first
 * @param unreadable how many more are kept and cannot be read; absent if there is none
 */
record HistoryView(
    List<SnapshotView> snapshots, List<TrendView> trends, Optional<Integer> unreadable) {

  static HistoryView of(SnapshotStore.History history, boolean regions) {
    List<Snapshot> newestFirst = history.snapshots();
    Set<ScanId> shown =
        newestFirst.stream()
            .map(snapshot -> snapshot.key().scan())
            .collect(Collectors.toUnmodifiableSet());
    return new HistoryView(
        newestFirst.stream().map(snapshot -> SnapshotView.inHistory(snapshot, regions)).toList(),
        newestFirst.stream()
            .flatMap(snapshot ->
                snapshot.trend().stream()
                    .filter(trend -> shown.contains(trend.since()))
                    .map(trend -> TrendView.of(trend, snapshot.key().scan())))
            .toList(),
        Unreadable.of(history.unreadable()));
  }

  /** What changed from one scan to another. */
  record TrendView(
      ScanId from,
      ScanId to,
      int regionsCompared,
      List<RegionName> regionsLeftOut,
      List<Trend.Change> changes,
      Optional<List<String>> unknown) {
    private static TrendView of(Trend trend, ScanId to) {
      return new TrendView(
          trend.since(),
          to,
          trend.regionsCompared(),
          trend.regionsLeftOut(),
          trend.changes(),
          trend.unknown());
    }
  }
}
