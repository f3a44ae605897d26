package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.FunctionUrl;
import io.cloudoperator.apis.facts.Integration;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RiskFlag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The URLs of a region's Lambda functions: one route each, which takes whatever comes. */
final class FunctionUrls {
  private final RegionName region;
  private final Fronts fronts;

  FunctionUrls(RegionName region, Fronts fronts) {
    this.region = region;
    this.fronts = fronts;
  }

  Api api(FunctionUrl fact) {
    Entrance own =
        new Entrance(
            Entrance.Kind.DEFAULT_ENDPOINT,
            fact.host(),
            "",
            "",
            Exposure.PUBLIC,
            Optional.empty(),
            Optional.empty(),
            false,
            false);
    List<Entrance> ways =
        Stream.concat(
                Stream.of(own),
                fronts.to(Map.of(fact.host(), List.of(own)), Exposure.PUBLIC).stream())
            .sorted()
            .toList();
    Authorization authorization = Authorizations.of(fact.authType(), false, ways);
    Route route =
        new Route(
            "ANY",
            "$default",
            authorization,
            Optional.empty(),
            false,
            Exposure.PUBLIC,
            Integration.LAMBDA);
    String name =
        fact.qualifier().isEmpty() ? fact.function() : fact.function() + ":" + fact.qualifier();
    Flaws flaws = new Flaws().cors(fact.cors());
    if (authorization == Authorization.NONE) {
      // A signed request goes past the distribution by the same right by which it may come at all.
      flaws.add(RiskFlag.Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION, 1).bypass(ways);
    }
    return new Api(
        new ApiId(region.value(), ApiKind.FUNCTION_URL, name),
        name,
        Exposure.PUBLIC,
        ways,
        List.of(),
        List.of(route),
        List.of(),
        flaws.found());
  }
}
