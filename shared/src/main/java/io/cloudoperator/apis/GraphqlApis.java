package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.GraphqlApi;
import io.cloudoperator.apis.facts.Integration;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RiskFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The GraphQL APIs of a region: one route each. */
final class GraphqlApis {
  private final RegionName region;
  private final Fronts fronts;

  GraphqlApis(RegionName region, Fronts fronts) {
    this.region = region;
    this.fronts = fronts;
  }

  Api api(GraphqlApi fact) {
    Exposure exposure = fact.privateOnly() ? Exposure.PRIVATE : Exposure.PUBLIC;
    Entrance own =
        new Entrance(
            Entrance.Kind.DEFAULT_ENDPOINT,
            fact.host(),
            "",
            "",
            exposure,
            Optional.empty(),
            fact.webAcl(),
            false,
            false);
    List<Entrance> ways = new ArrayList<>(List.of(own));
    if (!fact.privateOnly()) {
      ways.addAll(fronts.to(Map.of(fact.host(), List.of(own)), exposure));
    }
    Authorization authorization = Authorizations.ofGraphql(fact.authenticationTypes());
    boolean byKey = authorization == Authorization.API_KEY_ONLY;
    Route route =
        new Route(
            "POST",
            "/graphql",
            authorization,
            Optional.empty(),
            byKey,
            exposure,
            Integration.OTHER);
    return new Api(
        new ApiId(region.value(), ApiKind.GRAPHQL, fact.id()),
        fact.name(),
        exposure,
        ways.stream().sorted().toList(),
        List.of(),
        List.of(route),
        List.of(),
        new Flaws()
            .add(RiskFlag.Kind.GRAPHQL_API_KEY, byKey && !fact.privateOnly() ? 1 : 0)
            .add(RiskFlag.Kind.NO_ACCESS_LOGS, fact.logging() ? 0 : 1)
            .bypass(ways)
            .found());
  }
}
