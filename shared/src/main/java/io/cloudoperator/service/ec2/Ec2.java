package io.cloudoperator.service.ec2;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.ResourceCounter;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** Amazon EC2: regions and instances. */
public final class Ec2 implements ScannedService {
  public static final AwsService SERVICE = AwsService.query("ec2", "2016-11-15");

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(
        RegionReader.DESCRIBE_ENABLED_REGIONS,
        RegionReader.DESCRIBE_ALL_REGIONS,
        InstanceReader.DESCRIBE_INSTANCES);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.MINIMAL ? List.of("ec2:Describe*") : List.of();
  }

  @Override
  public List<ResourceCounter<?>> counters() {
    return List.of(new ResourceCounter<>(InstanceFacts.COUNTED, InstanceReader.DESCRIBE_INSTANCES));
  }
}
