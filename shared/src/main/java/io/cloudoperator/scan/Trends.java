package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares two snapshots of one account, over what was read to the end in both. */
public final class Trends {
  private final List<Trend.Change> changes = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  private Trends() {}

  /**
   * What changed from one snapshot to a later one. A resource that was not read in one of them is
   * not compared; a metric that one of them does not know is unknown.
   *
   * @param counted the resources to compare, in the order in which they are shown
   */
  public static Trend between(List<CountedResource<?>> counted, Snapshot before, Snapshot after) {
    Trends trends = new Trends();
    for (CountedResource<?> resource : counted) {
      switch (resource.scope()) {
        case REGION -> trends.compareRegions(resource, before, after);
        case ACCOUNT -> {
          Optional<Counts> earlier = before.totals().of(resource.name());
          Optional<Counts> later = after.totals().of(resource.name());
          if (earlier.isPresent() && later.isPresent()) {
            trends.compare(resource, earlier.get(), later.get());
          }
        }
      }
    }
    Set<RegionName> earlier = regions(before);
    Set<RegionName> later = regions(after);
    SortedSet<RegionName> both = both(earlier, later);
    SortedSet<RegionName> leftOut = new TreeSet<>(earlier);
    leftOut.addAll(later);
    leftOut.removeAll(both);
    return new Trend(
        before.key().scan(),
        both.size(),
        List.copyOf(leftOut),
        trends.changes,
        trends.unknown.isEmpty() ? Optional.empty() : Optional.of(trends.unknown));
  }

  private static Set<RegionName> regions(Snapshot snapshot) {
    return Conclusion.read(snapshot.regions(), RegionOutcome.INSTANCES).keySet();
  }

  private static SortedSet<RegionName> both(Set<RegionName> a, Set<RegionName> b) {
    SortedSet<RegionName> both = new TreeSet<>(a);
    both.retainAll(b);
    return both;
  }

  private void compareRegions(CountedResource<?> resource, Snapshot before, Snapshot after) {
    SortedMap<RegionName, Counts> earlier = Conclusion.read(before.regions(), resource.name());
    SortedMap<RegionName, Counts> later = Conclusion.read(after.regions(), resource.name());
    Set<RegionName> both = both(earlier.keySet(), later.keySet());
    if (!both.isEmpty()) {
      earlier.keySet().retainAll(both);
      later.keySet().retainAll(both);
      compare(resource, resource.sum(earlier.values()), resource.sum(later.values()));
    }
  }

  private void compare(CountedResource<?> resource, Counts before, Counts after) {
    Map<String, Long> old = resource.trended(before);
    Map<String, Long> recent = resource.trended(after);
    Set<String> notInBoth = new LinkedHashSet<>();
    for (Metric<?> metric : resource.metrics()) {
      if (before.metric(metric.name()).isEmpty() || after.metric(metric.name()).isEmpty()) {
        notInBoth.add(resource.qualified(metric));
      }
    }
    unknown.addAll(notInBoth);
    Map<String, Long> names = new LinkedHashMap<>(old);
    recent.forEach(names::putIfAbsent);
    names.keySet().removeAll(notInBoth);
    for (String name : names.keySet()) {
      // A value of a breakdown that is not there is zero.
      long from = old.getOrDefault(name, 0L);
      long to = recent.getOrDefault(name, 0L);
      if (from != to) {
        changes.add(new Trend.Change(name, from, to));
      }
    }
  }
}
