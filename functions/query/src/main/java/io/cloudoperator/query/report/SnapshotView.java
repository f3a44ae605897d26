package io.cloudoperator.query.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.RoleCheck;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Totals;
import io.cloudoperator.scan.Trend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot as the API shows it.
 *
 * @param regions absent where only the sums were asked for
 * @param apis absent below the audit tier
 * @param accountChecks absent below the audit tier
 * @param trend absent on a connection's first snapshot, and in the history, which has its own
 */
public record SnapshotView(
    ScanId scanId,
    ConnectionId connectionId,
    AccountId account,
    Tier tier,
    Run.Trigger trigger,
    Instant startedAt,
    Instant finishedAt,
    CoverageView coverage,
    Totals totals,
    Optional<List<RegionView>> regions,
    BucketsView buckets,
    Optional<ApiSummary> apis,
    Optional<AccountChecksView> accountChecks,
    List<RoleCheck> roleChecks,
    List<RiskFlag> flags,
    List<Insight> insights,
    Optional<Trend> trend,
    List<CallCount> calls) {

  /** With every region and the trend. */
  public static SnapshotView whole(Snapshot snapshot) {
    return of(snapshot, true, snapshot.trend());
  }

  /** As one of several: the trends stand beside them, and regions are left out unless asked for. */
  public static SnapshotView inHistory(Snapshot snapshot, boolean regions) {
    return of(snapshot, regions, Optional.empty());
  }

  private static SnapshotView of(Snapshot snapshot, boolean regions, Optional<Trend> trend) {
    return new SnapshotView(
        snapshot.key().scan(),
        snapshot.key().connection(),
        snapshot.account(),
        snapshot.tier(),
        snapshot.trigger(),
        snapshot.startedAt(),
        snapshot.finishedAt(),
        new CoverageView(snapshot.whole(), snapshot.coverage()),
        snapshot.totals(),
        regions
            ? Optional.of(snapshot.regions().stream().map(RegionView::of).toList())
            : Optional.empty(),
        BucketsView.of(snapshot.buckets()),
        snapshot.apis(),
        snapshot.accountChecks().map(AccountChecksView::of),
        RoleCheck.of(snapshot),
        snapshot.flags(),
        snapshot.insights(),
        trend,
        snapshot.calls());
  }

  /** How a reading ended: {@code complete}, or why it is unread. */
  public static String status(Optional<? extends Reading.Unread<?>> unread) {
    return unread.map(why -> Choice.word(why.reason())).orElse("complete");
  }

  /**
   * Coverage.
   *
   * @param whole whether everything was read that was to be read: in the audit tier APIs and the
   *     account's checks too
   */
  record CoverageView(boolean whole, @JsonUnwrapped Coverage coverage) {}

  /**
   * A region.
   *
   * @param code AWS's error code, of an unread one
   * @param counts by the resource's name, of those that were read: what could not be read has no
   *     numbers. In JSON each is a member of the region
   */
  record RegionView(
      RegionName region,
      String status,
      Optional<String> code,
      @JsonAnyGetter Map<String, Counts> counts,
      List<CallCount> calls) {
    static RegionView of(RegionOutcome outcome) {
      Map<String, Counts> counts = new TreeMap<>();
      outcome
          .counts()
          .keySet()
          .forEach(name -> outcome.complete(name).ifPresent(read -> counts.put(name, read)));
      return new RegionView(
          outcome.region(),
          SnapshotView.status(outcome.unread()),
          outcome.unread().map(Reading.Unread::code),
          counts,
          outcome.calls());
    }
  }

  /** The account's buckets, like a {@link RegionView}. */
  record BucketsView(
      String status, Optional<String> code, Optional<Counts> counts, List<CallCount> calls) {
    static BucketsView of(BucketOutcome outcome) {
      Optional<Reading.Unread<Counts>> unread = outcome.buckets().unread();
      return new BucketsView(
          SnapshotView.status(unread),
          unread.map(Reading.Unread::code),
          outcome.buckets().complete(),
          outcome.calls());
    }
  }
}
