package io.cloudoperator.service.appsync;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.CdnIndex;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.scan.RiskFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The GraphQL APIs of a region: one route each. */
public final class GraphqlApiRules {
  private final RegionName region;
  private final CdnIndex fronts;

  public GraphqlApiRules(RegionName region, CdnIndex fronts) {
    this.region = region;
    this.fronts = fronts;
  }

  public Api api(GraphqlApi fact) {
    Exposure exposure = fact.privateOnly() ? Exposure.PRIVATE : Exposure.PUBLIC;
    Endpoint own = Endpoint.ofAws(fact.host(), exposure, fact.webAcl());
    List<Endpoint> ways = new ArrayList<>(List.of(own));
    if (!fact.privateOnly()) {
      ways.addAll(fronts.to(Map.of(fact.host(), List.of(own)), exposure));
    }
    Authorization authorization = AuthorizationTypes.weakest(fact.authenticationTypes());
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
        new ApiId(region.value(), AppSync.GRAPHQL, fact.id()),
        fact.name(),
        exposure,
        ways.stream().sorted().toList(),
        List.of(),
        List.of(route),
        List.of(),
        new ApiFlagCounter()
            .add(RiskFlag.Kind.GRAPHQL_API_KEY, byKey && !fact.privateOnly() ? 1 : 0)
            .add(RiskFlag.Kind.NO_ACCESS_LOGS, fact.logging() ? 0 : 1)
            .bypass(ways)
            .found());
  }
}
