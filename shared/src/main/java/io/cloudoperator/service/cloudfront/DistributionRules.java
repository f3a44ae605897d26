package io.cloudoperator.service.cloudfront;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Exposures;
import io.cloudoperator.service.CdnIndex;
import java.util.List;

/** The distributions of CloudFront. What they route is not read. */
public final class DistributionRules {
  private DistributionRules() {}

  public static Api api(Distribution fact) {
    List<Endpoint> ways =
        fact.enabled()
            ? CdnIndex.entrances(fact, Exposure.PUBLIC, fact.webAcl(), false).stream()
                .sorted()
                .toList()
            : List.of();
    return new Api(
        new ApiId(ApiId.GLOBAL, ApiKind.DISTRIBUTION, fact.id()),
        fact.aliases().isEmpty() ? fact.host() : fact.aliases().getFirst(),
        Exposures.widest(ways),
        ways,
        List.of(),
        List.of(),
        List.of(),
        new ApiFlagCounter().tls(ApiKind.DISTRIBUTION, ways).found());
  }
}
