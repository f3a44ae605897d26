package io.cloudoperator.metric;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * How many of one {@link CountedResource} there are, in a region or in several. A breakdown or a
 * metric that is absent is unknown, never zero: the release that wrote the counts did not know it.
 *
 * @param total of all states
 * @param breakdowns by the breakdown's name, such as {@code byState}, how many of each value
 * @param metrics by the metric's name, such as {@code imdsV1Allowed}
 */
public record Counts(
    long total, Map<String, SortedMap<String, Long>> breakdowns, Map<String, Long> metrics) {
  /** The values under which a breakdown counts what AWS does not say. */
  private static final Set<String> UNKNOWN = Set.of("unknown", "unreported");

  /**
   * @throws IllegalArgumentException if a count is negative
   */
  public Counts {
    Map<String, SortedMap<String, Long>> copies = new LinkedHashMap<>();
    breakdowns.forEach((name, values) -> {
      atLeastZero(values.values());
      copies.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    });
    breakdowns = Collections.unmodifiableMap(copies);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    atLeastZero(metrics.values());
    atLeastZero(Set.of(total));
  }

  private static void atLeastZero(Collection<Long> counts) {
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("a count is zero or more");
      }
    }
  }

  /** How many of each value; empty if it is unknown, and where there is nothing to break down. */
  public SortedMap<String, Long> by(String breakdown) {
    return breakdowns.getOrDefault(breakdown, Collections.emptySortedMap());
  }

  /** How many of one value of a breakdown, such as {@code running} of {@code byState}. */
  public long of(String breakdown, String value) {
    return by(breakdown).getOrDefault(value, 0L);
  }

  /** As {@link #by}, without those of which AWS does not say the value: of them nothing is said. */
  public SortedMap<String, Long> known(String breakdown) {
    SortedMap<String, Long> known = new TreeMap<>(by(breakdown));
    known.keySet().removeAll(UNKNOWN);
    known.values().removeIf(count -> count == 0);
    return known;
  }

  /** The metric of that name; empty if it is unknown. */
  public OptionalLong metric(String name) {
    return Optional.ofNullable(metrics.get(name))
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** The sum of both; what is unknown in one of them is unknown in the sum. */
  public Counts plus(Counts other) {
    return new Counts(
        total + other.total,
        inBoth(breakdowns, other.breakdowns, Counts::merged),
        inBoth(metrics, other.metrics, Long::sum));
  }

  private static <T> Map<String, T> inBoth(
      Map<String, T> a, Map<String, T> b, BinaryOperator<T> sum) {
    Map<String, T> both = new LinkedHashMap<>();
    a.forEach((name, one) -> {
      T another = b.get(name);
      if (another != null) {
        both.put(name, sum.apply(one, another));
      }
    });
    return both;
  }

  private static SortedMap<String, Long> merged(Map<String, Long> a, Map<String, Long> b) {
    SortedMap<String, Long> sum = new TreeMap<>(a);
    b.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }
}
