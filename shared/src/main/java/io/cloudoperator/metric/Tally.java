package io.cloudoperator.metric;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the things of a resource as they stream by and forgets them: its size does not depend on
 * how many there are. Not safe for use by several threads.
 *
 * @param <F> the facts of one thing
 */
public final class Tally<F> {
  // Several times the instance types that there are: what keeps the size of a tally bounded.
  static final int MOST_VALUES = 5000;
  static final String OTHER = "other";

  private final CountedResource<F> resource;
  private final Instant now;
  // Without iterators and boxes: an account has hundreds of thousands of instances.
  private final List<Map<String, long[]>> byBreakdown = new ArrayList<>();
  private final long[] byMetric;
  private long total;

  Tally(CountedResource<F> resource, Instant now) {
    this.resource = resource;
    this.now = now;
    resource.breakdowns().forEach(_ -> byBreakdown.add(new HashMap<>()));
    byMetric = new long[resource.metrics().size()];
  }

  public void add(F thing) {
    total++;
    List<Breakdown<F>> breakdowns = resource.breakdowns();
    boolean gone = false;
    for (int i = 0; i < breakdowns.size(); i++) {
      Breakdown<F> breakdown = breakdowns.get(i);
      if (!breakdown.gone().isEmpty()) {
        String value = breakdown.value().apply(thing);
        count(byBreakdown.get(i), value);
        gone |= breakdown.gone().contains(value);
      }
    }
    if (!gone) {
      addLive(thing);
    }
  }

  private void addLive(F thing) {
    List<Breakdown<F>> breakdowns = resource.breakdowns();
    for (int i = 0; i < breakdowns.size(); i++) {
      Breakdown<F> breakdown = breakdowns.get(i);
      if (breakdown.gone().isEmpty()) {
        count(byBreakdown.get(i), breakdown.value().apply(thing));
      }
    }
    List<Metric<F>> metrics = resource.metrics();
    for (int i = 0; i < byMetric.length; i++) {
      if (metrics.get(i).counted().test(thing, now)) {
        byMetric[i]++;
      }
    }
  }

  public Counts counts() {
    Map<String, SortedMap<String, Long>> breakdowns = new LinkedHashMap<>();
    for (int i = 0; i < byBreakdown.size(); i++) {
      breakdowns.put(resource.breakdowns().get(i).name(), sorted(byBreakdown.get(i)));
    }
    Map<String, Long> metrics = new LinkedHashMap<>();
    for (int i = 0; i < byMetric.length; i++) {
      metrics.put(resource.metrics().get(i).name(), byMetric[i]);
    }
    return new Counts(total, breakdowns, metrics);
  }

  // An array of one is counted up in place, where a Long would be made anew for each thing.
  private static void count(Map<String, long[]> by, String value) {
    long[] count = by.get(value);
    if (count == null) {
      count = by.computeIfAbsent(by.size() < MOST_VALUES ? value : OTHER, _ -> new long[1]);
    }
    count[0]++;
  }

  private static SortedMap<String, Long> sorted(Map<String, long[]> counts) {
    SortedMap<String, Long> sorted = new TreeMap<>();
    counts.forEach((value, count) -> sorted.put(value, count[0]));
    return sorted;
  }
}
