package io.cloudoperator.scan;

import io.cloudoperator.metric.Counts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sums over the regions that were read.
 *
 * @param regionsCounted of how many regions the instances speak
 * @param regionsEnabled how many there are
 * @param counts by the resource's name; absent is a resource that could not be read anywhere
 */
public record Totals(int regionsCounted, int regionsEnabled, Map<String, Counts> counts) {
  /**
   * @throws IllegalArgumentException if nothing is said of instances
   */
  public Totals {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    if (!counts.containsKey(RegionOutcome.INSTANCES)) {
      throw new IllegalArgumentException("totals say how many instances there are");
    }
  }

  /** In all regions that were read. */
  public Counts instances() {
    return Objects.requireNonNull(counts.get(RegionOutcome.INSTANCES));
  }

  /** Empty if they could not be read. */
  public Optional<Counts> buckets() {
    return of(BucketOutcome.BUCKETS);
  }

  /** The counts of a resource; empty if it could not be read. */
  public Optional<Counts> of(String resource) {
    return Optional.ofNullable(counts.get(resource));
  }
}
