package io.cloudoperator.service.planted.one;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.Transport;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.service.plantedtoo.Neighbour;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Rules that ask AWS, with a client of their own and facts of another service. */
final class LeakyRules {
  private LeakyRules() {}

  static AwsClient client(Neighbour fact, Transport transport) {
    return new AwsClient(
        AwsService.query("ec2", "2016-11-15"),
        new RegionName(fact.region()),
        AwsSessionCredentials.create("-", "-", "-"),
        List.of(),
        transport,
        List.of());
  }
}
