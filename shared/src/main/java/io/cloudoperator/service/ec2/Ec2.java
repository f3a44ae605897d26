package io.cloudoperator.service.ec2;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.RegionalCount;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** Amazon EC2: regions and instances. */
public final class Ec2 implements ScannedService {
  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(
        Ec2Operations.DESCRIBE_ENABLED_REGIONS,
        Ec2Operations.DESCRIBE_ALL_REGIONS,
        Ec2Operations.DESCRIBE_INSTANCES);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.MINIMAL ? List.of("ec2:Describe*") : List.of();
  }

  @Override
  public List<RegionalCount> regionalCounts() {
    return List.of(Ec2Operations.INSTANCES);
  }
}
