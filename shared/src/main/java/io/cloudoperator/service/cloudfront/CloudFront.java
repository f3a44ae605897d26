package io.cloudoperator.service.cloudfront;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.ApiKind.Trait;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.CdnDistribution;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.service.Discovery;
import io.cloudoperator.service.ScannedService;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Amazon CloudFront: distributions, and what they lead to. */
public final class CloudFront implements ScannedService {
  // AWS publishes no quota: as little as the slowest service that does.
  public static final AwsService SERVICE = AwsService.restXml("cloudfront").global().limited(5, 5);

  public static final ApiSource<Distribution> DISTRIBUTIONS =
      new ApiSource<>(ApiSource.DISTRIBUTIONS, Distribution.class, CloudFront::mayBe);

  public static final ApiKind DISTRIBUTION =
      new ApiKind("distribution", DISTRIBUTIONS, Set.of(Trait.DISTRIBUTION), Set.of());

  private static boolean mayBe(String host, String region) {
    return ApiSource.isOfCustomer(host) || host.contains(".cloudfront.");
  }

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(DistributionReader.LIST_DISTRIBUTIONS);
  }

  @Override
  public List<Discovery<?>> global() {
    return List.of(Discovery.listed(DISTRIBUTIONS, DistributionReader.LIST_DISTRIBUTIONS));
  }

  @Override
  public List<ApiKind> kinds() {
    return List.of(DISTRIBUTION);
  }

  @Override
  public Stream<Api> apis(SourceReadings global) {
    return global.facts(DISTRIBUTIONS).stream().map(DistributionRules::api);
  }

  @Override
  public Stream<CdnDistribution> distributions(SourceReadings global) {
    return global.facts(DISTRIBUTIONS).stream()
        .filter(Distribution::enabled)
        .map(DistributionRules::distribution);
  }
}
