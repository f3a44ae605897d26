package io.cloudoperator.service.s3;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** Amazon S3: buckets. */
public final class S3 implements ScannedService {
  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(S3Operations.LIST_BUCKETS);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.MINIMAL ? List.of("s3:ListAllMyBuckets") : List.of();
  }

  @Override
  public List<CountedResource<?>> accountCounts() {
    return List.of(BucketFacts.COUNTED);
  }
}
