package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.EnglishCounts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The risk flags of the regions that were read. A region that was not read neither raises nor
 * resolves a flag.
 */
public final class RiskFlags {
  /** A region with this many instances or fewer, and at least one, holds a handful. */
  public static final long HANDFUL = 3;

  private RiskFlags() {}

  /**
   * The flags, the most severe first; what is not there, or is unknown, has no flag.
   *
   * @param resource of which the counts are
   * @param read the regions that were read to the end
   */
  public static List<RiskFlag> of(CountedResource<?> resource, SortedMap<RegionName, Counts> read) {
    List<RiskFlag> flags = new ArrayList<>();
    SortedMap<RegionName, Long> live = new TreeMap<>();
    read.forEach((region, counts) -> live.put(region, resource.live(counts)));
    long whole = live.values().stream().mapToLong(Long::longValue).sum();
    for (Metric<?> metric : resource.metrics()) {
      SortedMap<RegionName, Long> where = where(metric, read);
      long count = where.values().stream().mapToLong(Long::longValue).sum();
      metric
          .flag()
          .flatMap(flag -> flag(resource, flag, count, mostFirst(where), whole))
          .ifPresent(flags::add);
    }
    if (resource.name().equals(RegionOutcome.INSTANCES)) {
      sparseRegions(live).ifPresent(flags::add);
    }
    flags.sort(RiskFlag.MOST_SEVERE_FIRST);
    return List.copyOf(flags);
  }

  /** As {@link #of(CountedResource, SortedMap)}, of a resource that is counted without regions. */
  public static List<RiskFlag> of(CountedResource<?> resource, Counts counts) {
    List<RiskFlag> flags = new ArrayList<>();
    for (Metric<?> metric : resource.metrics()) {
      long count = counts.metric(metric.name()).orElse(0);
      metric
          .flag()
          .flatMap(flag -> flag(resource, flag, count, List.of(), resource.live(counts)))
          .ifPresent(flags::add);
    }
    flags.sort(RiskFlag.MOST_SEVERE_FIRST);
    return List.copyOf(flags);
  }

  private static SortedMap<RegionName, Long> where(
      Metric<?> metric, SortedMap<RegionName, Counts> read) {
    SortedMap<RegionName, Long> where = new TreeMap<>();
    read.forEach((region, counts) -> where.put(region, counts.metric(metric.name()).orElse(0)));
    where.values().removeIf(count -> count == 0);
    return where;
  }

  private static Optional<RiskFlag> flag(
      CountedResource<?> resource,
      Metric.Flag flag,
      long count,
      List<RegionName> regions,
      long whole) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new RiskFlag(
                new Kind(flag.kind()),
                flag.severity(),
                count,
                regions,
                flag.title(count, whole, resource.thing()),
                flag.why(),
                flag.remedy()));
  }

  // Attackers like regions at which nobody looks; AWS advises to deny the ones that are not used:
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
  // and to have GuardDuty on in them all the same:
  // https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_regions.html
  private static Optional<RiskFlag> sparseRegions(SortedMap<RegionName, Long> live) {
    SortedMap<RegionName, Long> inUse = new TreeMap<>(live);
    inUse.values().removeIf(count -> count == 0);
    if (inUse.size() < 2) {
      // All that a small account has stands where it should.
      return Optional.empty();
    }
    SortedMap<RegionName, Long> sparse = new TreeMap<>(inUse);
    sparse.values().removeIf(count -> count > HANDFUL);
    if (sparse.isEmpty()) {
      return Optional.empty();
    }
    long count = sparse.values().stream().mapToLong(Long::longValue).sum();
    return Optional.of(
        new RiskFlag(
            Kind.SPARSE_REGIONS,
            Severity.LOW,
            count,
            mostFirst(sparse),
            "%s %s no more than %s instances each"
                .formatted(
                    EnglishCounts.count(sparse.size(), "region"),
                    sparse.size() == 1 ? "has" : "have",
                    HANDFUL),
            "A few instances away from the rest are often forgotten, or not yours: whoever steals"
                + " credentials starts miners where nobody looks.",
            "Find out who started them. Terminate what nobody needs, keep GuardDuty on in every"
                + " region, and deny the regions that you do not use by a service control policy"
                + " on aws:RequestedRegion."));
  }

  private static List<RegionName> mostFirst(SortedMap<RegionName, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<RegionName, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
