package io.cloudoperator.service.cloudfront;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import java.util.List;
import java.util.Map;

/** Reads the distributions of CloudFront. */
public final class DistributionLister {
  private DistributionLister() {}

  public static Reading<List<Distribution>> read(RegionClient aws) {
    return aws.ask(
        AwsService.CLOUDFRONT,
        client -> client.list(CloudFrontOperations.LIST_DISTRIBUTIONS, Map.of()));
  }
}
