package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
   * is unread; of one that was not chosen it says no more than that.
   *
   * @param counted the resources that are counted, in the order in which they are shown
   * @param previous the snapshot before, if there is one
   */
  public static Snapshot of(
      List<CountedResource<?>> counted,
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
    Totals totals = totals(counted, coverage, regions, buckets);
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
            flags(counted, regions, totals, account),
            Insights.of(
                instances(counted),
                read(regions, RegionOutcome.INSTANCES),
                totals.buckets(),
                coverage),
            Optional.empty(),
            CallCount.of(Ledger.of(run, Optional.of(plan), progress).calls()),
            Map.of(),
            Optional.empty());
    return previous
        .map(earlier -> snapshot.withTrend(Trends.between(counted, earlier, snapshot)))
        .orElse(snapshot);
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

  private static Totals totals(
      List<CountedResource<?>> counted,
      Coverage coverage,
      List<RegionOutcome> regions,
      BucketOutcome buckets) {
    Map<String, Counts> sums = new LinkedHashMap<>();
    for (CountedResource<?> resource : counted) {
      switch (resource.scope()) {
        case REGION -> {
          SortedMap<RegionName, Counts> read = read(regions, resource.name());
          if (!read.isEmpty() || resource.name().equals(RegionOutcome.INSTANCES)) {
            sums.put(resource.name(), resource.sum(read.values()));
          }
        }
        case ACCOUNT ->
            buckets.buckets().complete().ifPresent(counts -> sums.put(resource.name(), counts));
      }
    }
    return new Totals(read(regions, RegionOutcome.INSTANCES).size(), coverage.enabled(), sums);
  }

  private static CountedResource<?> instances(List<CountedResource<?>> counted) {
    return counted.stream()
        .filter(resource -> resource.name().equals(RegionOutcome.INSTANCES))
        .findFirst()
        .orElseThrow();
  }

  private static List<RiskFlag> flags(
      List<CountedResource<?>> counted,
      List<RegionOutcome> regions,
      Totals totals,
      Optional<AccountChecks> account) {
    return Stream.concat(
            counted.stream().flatMap(resource -> flags(resource, regions, totals).stream()),
            account.stream().flatMap(checks -> AccountFlags.of(checks).stream()))
        .sorted(RiskFlag.MOST_SEVERE_FIRST)
        .toList();
  }

  private static List<RiskFlag> flags(
      CountedResource<?> resource, List<RegionOutcome> regions, Totals totals) {
    return switch (resource.scope()) {
      case REGION -> RiskFlags.of(resource, read(regions, resource.name()));
      case ACCOUNT ->
          totals
              .of(resource.name())
              .map(counts -> RiskFlags.of(resource, counts))
              .orElseGet(List::of);
    };
  }

  /** The regions in which a resource was read to the end, and how much of it is there. */
  static SortedMap<RegionName, Counts> read(List<RegionOutcome> outcomes, String resource) {
    SortedMap<RegionName, Counts> read = new TreeMap<>();
    for (RegionOutcome outcome : outcomes) {
      outcome.complete(resource).ifPresent(counts -> read.put(outcome.region(), counts));
    }
    return read;
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
      outcome
          .unread()
          .ifPresent(reading ->
              unread.add(
                  new Coverage.UnreadRegion(outcome.region(), reading.reason(), reading.code())));
    }
    return new Coverage(
        regions.size() + plan.notChosen().size(),
        regions.size() - unread.size(),
        unread,
        plan.notOptedIn().stream().sorted().toList(),
        plan.notChosen().stream().sorted().toList(),
        buckets.buckets().complete().isPresent());
  }
}
