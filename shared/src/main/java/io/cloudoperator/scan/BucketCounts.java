package io.cloudoperator.scan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many S3 buckets an account has. Directory buckets are not in ListBuckets.
 *
 * @param byRegion by the region that ListBuckets names; {@link #UNREPORTED} where it names none
 */
public record BucketCounts(long total, SortedMap<String, Long> byRegion) {
  /** Where an endpoint does not say a bucket's region. */
  public static final String UNREPORTED = "unreported";

  /** No bucket at all. */
  public static final BucketCounts NONE = new BucketCounts(0, new TreeMap<>());

  public BucketCounts {
    byRegion = Collections.unmodifiableSortedMap(new TreeMap<>(byRegion));
  }

  /** The counts of both together. */
  public BucketCounts plus(BucketCounts other) {
    SortedMap<String, Long> sum = new TreeMap<>(byRegion);
    other.byRegion.forEach((region, count) -> sum.merge(region, count, Long::sum));
    return new BucketCounts(total + other.total, sum);
  }
}
