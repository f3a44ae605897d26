package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Draws a snapshot from what the shards of a scan have written. */
public final class Conclusion {
  /** The code of a region, or of the buckets, for which no shard has left an outcome. */
  public static final String NOT_SCANNED = "NotScanned";

  private Conclusion() {}

  /**
   * The snapshot: every region that was planned has an outcome in it, and what no shard has written
   * is unread.
   *
   * @param previous the snapshot before, if there is one
   */
  public static Snapshot of(
      Run run,
      Tier tier,
      Plan plan,
      List<ShardProgress> progress,
      Optional<Snapshot> previous,
      Instant finishedAt) {
    List<RegionOutcome> regions = outcomes(plan, progress);
    BucketOutcome buckets =
        progress.stream()
            .flatMap(shard -> shard.buckets().stream())
            .findFirst()
            .orElseGet(
                () -> new BucketOutcome(unread(Reading.Reason.FAILED, NOT_SCANNED), List.of()));
    Coverage coverage = coverage(plan, regions, buckets);
    SortedMap<RegionName, InstanceCounts> read = readRegions(regions);
    Optional<BucketCounts> bucketCounts = complete(buckets.buckets());
    Totals totals =
        new Totals(
            read.size(),
            regions.size(),
            read.values().stream().reduce(InstanceCounts.NONE, InstanceCounts::plus),
            bucketCounts);
    Optional<AccountChecks> account = account(tier, progress);
    Snapshot snapshot =
        new Snapshot(
            run.key(),
            plan.account(),
            tier,
            run.trigger(),
            run.startedAt(),
            finishedAt,
            coverage,
            totals,
            regions,
            buckets,
            Optional.empty(),
            account,
            flags(read, account),
            Insights.of(read, bucketCounts, coverage),
            Optional.empty(),
            CallCount.of(Ledger.of(run, Optional.of(plan), progress).calls()));
    return previous.map(earlier -> withTrend(snapshot, earlier)).orElse(snapshot);
  }

  private static Optional<AccountChecks> account(Tier tier, List<ShardProgress> progress) {
    return switch (tier) {
      case MINIMAL -> Optional.empty();
      case AUDIT ->
          progress.stream()
              .flatMap(shard -> shard.account().stream())
              .findFirst()
              .or(() -> Optional.of(AccountChecks.unread(Reading.Reason.FAILED, NOT_SCANNED)));
    };
  }

  private static List<RiskFlag> flags(
      SortedMap<RegionName, InstanceCounts> read, Optional<AccountChecks> account) {
    return Stream.concat(
            RiskFlags.of(read).stream(),
            account.stream().flatMap(checks -> AccountFlags.of(checks).stream()))
        .sorted(RiskFlag.MOST_SEVERE_FIRST)
        .toList();
  }

  /** The regions that were read to the end, and what is in them. */
  static SortedMap<RegionName, InstanceCounts> readRegions(List<RegionOutcome> outcomes) {
    SortedMap<RegionName, InstanceCounts> read = new TreeMap<>();
    for (RegionOutcome outcome : outcomes) {
      complete(outcome.instances()).ifPresent(counts -> read.put(outcome.region(), counts));
    }
    return read;
  }

  static <T> Optional<T> complete(Reading<T> reading) {
    return switch (reading) {
      case Reading.Complete<T>(T value, var _) -> Optional.of(value);
      case Reading.Unread<T> _ -> Optional.empty();
    };
  }

  private static <T> Reading<T> unread(Reading.Reason reason, String code) {
    return new Reading.Unread<>(reason, code);
  }

  private static List<RegionOutcome> outcomes(Plan plan, List<ShardProgress> progress) {
    SortedSet<RegionName> planned = new TreeSet<>();
    Map<RegionName, RegionOutcome> written = new HashMap<>();
    plan.shards().forEach(shard -> planned.addAll(shard.regions()));
    for (ShardProgress shard : progress) {
      planned.addAll(shard.shard().regions());
      shard.regions().forEach(written::putIfAbsent);
    }
    List<RegionOutcome> outcomes = new ArrayList<>();
    for (RegionName region : planned) {
      RegionOutcome outcome = written.get(region);
      outcomes.add(
          outcome != null
              ? outcome
              : new RegionOutcome(region, unread(Reading.Reason.FAILED, NOT_SCANNED), List.of()));
    }
    return outcomes;
  }

  private static Coverage coverage(Plan plan, List<RegionOutcome> regions, BucketOutcome buckets) {
    List<Coverage.UnreadRegion> unread = new ArrayList<>();
    for (RegionOutcome outcome : regions) {
      switch (outcome.instances()) {
        case Reading.Complete<InstanceCounts> _ -> {}
        case Reading.Unread<InstanceCounts>(var reason, var code) ->
            unread.add(new Coverage.UnreadRegion(outcome.region(), reason, code));
      }
    }
    return new Coverage(
        regions.size(),
        regions.size() - unread.size(),
        unread,
        plan.notOptedIn().stream().sorted().toList(),
        complete(buckets.buckets()).isPresent());
  }

  private static Snapshot withTrend(Snapshot now, Snapshot before) {
    return new Snapshot(
        now.key(),
        now.account(),
        now.tier(),
        now.trigger(),
        now.startedAt(),
        now.finishedAt(),
        now.coverage(),
        now.totals(),
        now.regions(),
        now.buckets(),
        now.apis(),
        now.accountChecks(),
        now.flags(),
        now.insights(),
        Optional.of(Trends.between(before, now)),
        now.calls());
  }
}
