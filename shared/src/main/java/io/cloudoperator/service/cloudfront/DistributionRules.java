package io.cloudoperator.service.cloudfront;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.CdnDistribution;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Exposures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The distributions of CloudFront. What they route is not read. */
public final class DistributionRules {
  private DistributionRules() {}

  public static Api api(Distribution fact) {
    List<Endpoint> ways =
        fact.enabled()
            ? distribution(fact).endpoints(Exposure.PUBLIC, fact.webAcl(), false).stream()
                .sorted()
                .toList()
            : List.of();
    return new Api(
        new ApiId(ApiId.GLOBAL, CloudFront.DISTRIBUTION, fact.id()),
        fact.aliases().isEmpty() ? fact.host() : fact.aliases().getFirst(),
        Exposures.widest(ways),
        ways,
        List.of(),
        List.of(),
        List.of(),
        new ApiFlagCounter().tls(CloudFront.DISTRIBUTION, ways).found());
  }

  static CdnDistribution distribution(Distribution fact) {
    return new CdnDistribution(
        Stream.concat(Stream.of(fact.host()), fact.aliases().stream()).toList(),
        fact.origins(),
        Optional.of(fact.minimumTls()),
        fact.webAcl(),
        fact.plainHttp());
  }
}
