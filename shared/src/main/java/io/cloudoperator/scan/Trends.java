package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares two snapshots of one account, over what was read to the end in both. */
public final class Trends {
  private Trends() {}

  /** What changed from one snapshot to a later one. */
  public static Trend between(Snapshot before, Snapshot after) {
    SortedMap<RegionName, InstanceCounts> earlier = Conclusion.readRegions(before.regions());
    SortedMap<RegionName, InstanceCounts> later = Conclusion.readRegions(after.regions());
    SortedSet<RegionName> both = new TreeSet<>(earlier.keySet());
    both.retainAll(later.keySet());
    SortedSet<RegionName> leftOut = new TreeSet<>(earlier.keySet());
    leftOut.addAll(later.keySet());
    leftOut.removeAll(both);

    Map<String, Long> old = metrics(sum(earlier, both));
    Map<String, Long> recent = metrics(sum(later, both));
    Optional<BucketCounts> oldBuckets = Conclusion.complete(before.buckets().buckets());
    Optional<BucketCounts> recentBuckets = Conclusion.complete(after.buckets().buckets());
    if (oldBuckets.isPresent() && recentBuckets.isPresent()) {
      old.put("buckets", oldBuckets.get().total());
      recent.put("buckets", recentBuckets.get().total());
    }
    return new Trend(before.key().scan(), both.size(), List.copyOf(leftOut), changes(old, recent));
  }

  private static InstanceCounts sum(
      SortedMap<RegionName, InstanceCounts> counts, Set<RegionName> regions) {
    return counts.entrySet().stream()
        .filter(entry -> regions.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(InstanceCounts.NONE, InstanceCounts::plus);
  }

  /** In the order in which people read them. */
  private static Map<String, Long> metrics(InstanceCounts counts) {
    Map<String, Long> metrics = new LinkedHashMap<>();
    metrics.put("instances", counts.total());
    counts.byState().forEach((state, count) -> metrics.put("instances." + state, count));
    metrics.put("imdsV1Allowed", counts.imdsV1Allowed());
    metrics.put("publicIpv4", counts.publicIpv4());
    metrics.put("launchWizardGroup", counts.launchWizardGroup());
    metrics.put("noInstanceProfile", counts.noInstanceProfile());
    metrics.put("previousGeneration", counts.previousGeneration());
    metrics.put("stoppedOver30Days", counts.stoppedOver30Days());
    metrics.put("runningOverOneYear", counts.runningOverOneYear());
    return metrics;
  }

  private static List<Trend.Change> changes(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> names = new LinkedHashMap<>(before);
    after.forEach(names::putIfAbsent);
    List<Trend.Change> changes = new ArrayList<>();
    for (String name : names.keySet()) {
      long from = before.getOrDefault(name, 0L);
      long to = after.getOrDefault(name, 0L);
      if (from != to) {
        changes.add(new Trend.Change(name, from, to));
      }
    }
    return changes;
  }
}
