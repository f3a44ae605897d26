package io.cloudoperator.service.s3;

import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import java.util.List;

/**
 * What is looked at of one S3 bucket, and all that is counted of them. Directory buckets are not in
 * ListBuckets.
 *
 * @param region that ListBuckets names; {@link #UNREPORTED} where it names none
 */
public record BucketFacts(String region) {
  /** Where an endpoint does not say a bucket's region. */
  public static final String UNREPORTED = "unreported";

  /** Everything that is counted of buckets. */
  public static final CountedResource<BucketFacts> COUNTED =
      new CountedResource<>(
          "buckets",
          "bucket",
          CountedResource.Scope.ACCOUNT,
          List.of(Breakdown.by("byRegion", "region", BucketFacts::region)),
          List.of());
}
