package io.cloudoperator.service.cloudfront;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read operations of CloudFront. */
public final class CloudFrontOperations {
  /**
   * The distributions of the account.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html">ListDistributions</a>
   */
  public static final ReadOperation<List<Distribution>> LIST_DISTRIBUTIONS =
      new ReadOperation<>(
          AwsService.CLOUDFRONT,
          "ListDistributions",
          "cloudfront:ListDistributions",
          Tier.AUDIT,
          "Finds APIs behind distributions; the headers that these add for origins are not kept.",
          RequestPath.of("/2020-05-31/distribution"),
          Set.of(),
          Map.of("MaxItems", "100"),
          Optional.of("Marker"),
          DistributionReader::distributions);

  private CloudFrontOperations() {}
}
