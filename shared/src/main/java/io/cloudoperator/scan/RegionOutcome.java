package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scan found in one region, and the calls that it made for it.
 *
 * @param counts what became of counting each resource, by the resource's name; one that the release
 *     of the scan did not count is absent: unknown
 */
public record RegionOutcome(
    RegionName region, SortedMap<String, Reading<Counts>> counts, List<CallCount> calls) {
  /** The resource that every scan counts, and by which the size of a region is told. */
  public static final String INSTANCES = "instances";

  /**
   * @throws IllegalArgumentException if nothing is said of instances
   */
  public RegionOutcome {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    calls = List.copyOf(calls);
    if (!counts.containsKey(INSTANCES)) {
      throw new IllegalArgumentException("an outcome says what became of counting instances");
    }
  }

  /** One that speaks of instances alone. */
  public RegionOutcome(RegionName region, Reading<Counts> instances, List<CallCount> calls) {
    this(region, new TreeMap<>(Map.of(INSTANCES, instances)), calls);
  }

  /** The counts of instances, or why they are unread. */
  public Reading<Counts> instances() {
    return Objects.requireNonNull(counts.get(INSTANCES));
  }

  /** The counts of a resource; empty if they are unread or unknown. */
  public Optional<Counts> complete(String resource) {
    return Optional.ofNullable(counts.get(resource)).flatMap(Reading::complete);
  }

  /** What could not be read; empty if all was. */
  public Optional<Reading.Unread<Counts>> unread() {
    return counts.values().stream().map(Reading::unread).flatMap(Optional::stream).findFirst();
  }
}
