package io.cloudoperator.service.s3;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.ResourceCounter;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** Amazon S3: buckets. */
public final class S3 implements ScannedService {
  public static final AwsService SERVICE = AwsService.restXml("s3").signingPathAsIs();

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(BucketReader.LIST_BUCKETS);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.MINIMAL ? List.of("s3:ListAllMyBuckets") : List.of();
  }

  @Override
  public List<ResourceCounter<?>> counters() {
    return List.of(new ResourceCounter<>(BucketFacts.COUNTED, BucketReader.LIST_BUCKETS));
  }
}
