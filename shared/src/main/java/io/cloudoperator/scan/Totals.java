package io.cloudoperator.scan;

import java.util.Optional;

/**
 * Sums over the regions that were read.
 *
 * @param regionsCounted of how many regions {@code instances} speaks
 * @param regionsEnabled how many there are
 * @param buckets absent if they could not be read
 */
public record Totals(
    int regionsCounted,
    int regionsEnabled,
    InstanceCounts instances,
    Optional<BucketCounts> buckets) {}
