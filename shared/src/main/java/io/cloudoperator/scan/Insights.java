package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.EnglishCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the insights of an account, one sentence each, about the regions that were read; each
 * count says of how many regions it is.
 */
public final class Insights {
  private static final int MOST_NAMED = 3;

  private final CountedResource<?> instances;
  private final SortedMap<RegionName, Counts> read;
  private final Optional<Counts> buckets;
  private final Coverage coverage;
  private final Counts all;
  private final long live;
  private final List<Map.Entry<RegionName, Long>> inUse;
  private final List<Insight> insights = new ArrayList<>();

  private Insights(
      CountedResource<?> instances,
      SortedMap<RegionName, Counts> read,
      Optional<Counts> buckets,
      Coverage coverage) {
    this.read = read;
    this.buckets = buckets;
    this.coverage = coverage;
    this.instances = instances;
    all = instances.sum(read.values());
    live = instances.live(all);
    inUse =
        read.entrySet().stream()
            .map(entry -> Map.entry(entry.getKey(), instances.live(entry.getValue())))
            .filter(entry -> entry.getValue() > 0)
            .sorted(
                Map.Entry.<RegionName, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
  }

  /**
   * The insights, always in the same order; one that has nothing to say is not there.
   *
   * @param resource what is declared of instances
   * @param read the regions in which instances were read to the end
   * @param buckets empty if they were not read
   */
  public static List<Insight> of(
      CountedResource<?> resource,
      SortedMap<RegionName, Counts> read,
      Optional<Counts> buckets,
      Coverage coverage) {
    Insights insights = new Insights(resource, read, buckets, coverage);
    if (!read.isEmpty()) {
      insights.where();
    }
    insights.what();
    insights.buckets();
    insights.closedRegions();
    return List.copyOf(insights.insights);
  }

  private void where() {
    if (inUse.isEmpty()) {
      add(
          "no_instances",
          (all.total() == 0
                  ? "There is no instance %s."
                  : "There is no instance %s but terminated ones.")
              .formatted(inRegionsRead()));
      return;
    }
    long empty = read.values().stream().filter(counts -> counts.total() == 0).count();
    RegionName largest = inUse.getFirst().getKey();
    if (inUse.size() == 1) {
      if (read.size() > 1) {
        add(
            "one_region",
            "Every instance %s is in %s: %s."
                .formatted(inRegionsRead(), largest, EnglishCounts.number(live)));
      }
    } else if (inUse.getFirst().getValue() > inUse.get(1).getValue()) {
      long there = inUse.getFirst().getValue();
      add(
          "largest_region",
          "%s holds %s of the instances: %s of %s %s."
              .formatted(
                  largest,
                  EnglishCounts.percent(there, live),
                  EnglishCounts.number(there),
                  EnglishCounts.number(live),
                  inRegionsRead()));
    }
    if (empty > 0) {
      add(
          "empty_regions",
          ("%s of the %s regions that were read %s no instance; a service control policy can deny"
                  + " those that you do not use.")
              .formatted(empty, read.size(), empty == 1 ? "has" : "have"));
    }
  }

  private void what() {
    graviton();
    mostCommonFamily();
    long stopped = all.of("byState", "stopped");
    if (stopped > 0) {
      add(
          "stopped_share",
          "%s of %s %s %s stopped; the volumes are billed all the same."
              .formatted(
                  EnglishCounts.number(stopped),
                  EnglishCounts.count(live, "instance"),
                  inRegionsRead(),
                  stopped == 1 ? "is" : "are"));
    }
    SortedMap<String, Long> platforms = all.known("byPlatform");
    SortedMap<String, Long> licensed = new TreeMap<>(platforms);
    licensed.remove("Linux/UNIX");
    if (!licensed.isEmpty()) {
      add(
          "licensed_platforms",
          ("%s of %s %s something other than plain Linux, mostly with a licence in the price:"
                  + " %s.")
              .formatted(
                  EnglishCounts.number(sum(licensed)),
                  instancesOf(platforms, "platform"),
                  sum(licensed) == 1 ? "runs" : "run",
                  named(licensed)));
    }
    SortedMap<String, Long> tenancies = all.known("byTenancy");
    // Another word may come to mean something else.
    SortedMap<String, Long> dedicated = new TreeMap<>(tenancies);
    dedicated.keySet().retainAll(Set.of("dedicated", "host"));
    if (!dedicated.isEmpty()) {
      add(
          "dedicated_tenancy",
          "%s of %s %s on hardware that is yours alone, which costs more: %s."
              .formatted(
                  EnglishCounts.number(sum(dedicated)),
                  instancesOf(tenancies, "tenancy"),
                  sum(dedicated) == 1 ? "runs" : "run",
                  named(dedicated)));
    }
  }

  private void graviton() {
    SortedMap<String, Long> architectures = all.known("byArchitecture");
    long known = sum(architectures);
    if (known == 0) {
      return;
    }
    // Graviton is AWS's arm64 processor; Macs report arm64_mac.
    // https://aws.amazon.com/ec2/graviton/
    long graviton = architectures.getOrDefault("arm64", 0L);
    String asFar = known == live ? "" : " whose architecture AWS reports";
    if (graviton == 0) {
      add(
          "graviton_share",
          ("No instance%s %s runs on Graviton (arm64), which gives up to 40%% more for its price"
                  + " according to AWS.")
              .formatted(asFar, inRegionsRead()));
    } else {
      add(
          "graviton_share",
          "%s of the instances%s run on Graviton (arm64): %s of %s %s."
              .formatted(
                  EnglishCounts.percent(graviton, known),
                  asFar,
                  EnglishCounts.number(graviton),
                  EnglishCounts.number(known),
                  inRegionsRead()));
    }
  }

  private void mostCommonFamily() {
    SortedMap<String, Long> families = all.known("byFamily");
    List<Map.Entry<String, Long>> largest = mostFirst(families);
    if (largest.size() < 2 || largest.getFirst().getValue().equals(largest.get(1).getValue())) {
      return;
    }
    Map.Entry<String, Long> family = largest.getFirst();
    add(
        "largest_family",
        "Of %s instance families %s, %s is the largest: %s of %s."
            .formatted(
                families.size(),
                inRegionsRead(),
                family.getKey(),
                EnglishCounts.number(family.getValue()),
                EnglishCounts.count(sum(families), "instance")));
  }

  /** The instances of which AWS says something: of the others no sentence says anything. */
  private String instancesOf(SortedMap<String, Long> known, String what) {
    String instances = EnglishCounts.count(sum(known), "instance") + " " + inRegionsRead();
    return sum(known) == live ? instances : instances + " whose " + what + " AWS reports";
  }

  private void buckets() {
    if (buckets.isEmpty() || buckets.get().total() == 0) {
      return;
    }
    Counts counts = buckets.get();
    SortedMap<String, Long> reported = counts.known("byRegion");
    if (reported.size() == 1) {
      add(
          "buckets_in_one_region",
          "%s in %s, as far as AWS names a region."
              .formatted(EnglishCounts.all(sum(reported), "bucket"), reported.firstKey()));
    }
    SortedMap<String, Long> apart = new TreeMap<>();
    read.forEach((region, counted) -> {
      Long there = reported.get(region.value());
      if (there != null && instances.live(counted) == 0) {
        apart.put(region.value(), there);
      }
    });
    if (!apart.isEmpty() && live > 0) {
      add(
          "buckets_without_instances",
          "%s of %s %s in a region without an instance: %s."
              .formatted(
                  EnglishCounts.number(sum(apart)),
                  EnglishCounts.count(counts.total(), "bucket"),
                  sum(apart) == 1 ? "is" : "are",
                  named(apart)));
    }
  }

  private void closedRegions() {
    int closed = coverage.notOptedIn().size();
    if (closed > 0) {
      add(
          "regions_not_enabled",
          "%s of this partition %s not enabled in the account: nothing can run there."
              .formatted(EnglishCounts.count(closed, "region"), closed == 1 ? "is" : "are"));
    }
  }

  /** Of which regions a sentence speaks. */
  private String inRegionsRead() {
    if (read.size() == coverage.enabled()) {
      return switch (coverage.enabled()) {
        case 1 -> "in the one enabled region";
        case 2 -> "in both enabled regions";
        default -> "in all %s enabled regions".formatted(coverage.enabled());
      };
    }
    if (coverage.notChosen().isEmpty()) {
      return "in the %s of %s enabled regions that could be read"
          .formatted(read.size(), coverage.enabled());
    }
    return read.size() == coverage.chosen()
        ? "in the %s chosen of %s enabled regions".formatted(read.size(), coverage.enabled())
        : "in the %s of %s chosen regions that could be read"
            .formatted(read.size(), coverage.chosen());
  }

  private void add(String code, String text) {
    insights.add(new Insight(code, text));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<Map.Entry<String, Long>> mostFirst(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** The largest few by name, and how many more there are. */
  private static String named(Map<String, Long> counts) {
    String some =
        mostFirst(counts).stream()
            .limit(MOST_NAMED)
            .map(entry ->
                "%s (%s)".formatted(entry.getKey(), EnglishCounts.number(entry.getValue())))
            .collect(Collectors.joining(", "));
    int more = counts.size() - MOST_NAMED;
    return more > 0 ? some + " and %s more".formatted(more) : some;
  }
}
