package io.cloudoperator.access;

import io.cloudoperator.apis.facts.Distribution;
import io.cloudoperator.scan.Reading;
import java.util.List;
import java.util.Map;

/** Reads the distributions of CloudFront. */
final class Distributions {
  private Distributions() {}

  static Reading<List<Distribution>> read(Asking aws) {
    return aws.ask(
        AwsService.CLOUDFRONT,
        client -> client.list(CloudFrontOperations.LIST_DISTRIBUTIONS, Map.of()));
  }
}
