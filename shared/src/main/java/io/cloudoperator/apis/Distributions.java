package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.Distribution;
import java.util.List;

/** The distributions of CloudFront. What they route is not read. */
final class Distributions {
  private Distributions() {}

  static Api api(Distribution fact) {
    List<Entrance> ways =
        fact.enabled()
            ? Fronts.entrances(fact, Exposure.PUBLIC, fact.webAcl(), false).stream()
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
        new Flaws().tls(ApiKind.DISTRIBUTION, ways).found());
  }
}
