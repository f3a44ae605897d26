package io.cloudoperator.service.lambda;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Authorizations;
import io.cloudoperator.inventory.CdnIndex;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.DetailsRead;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.scan.RiskFlag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The URLs of a region's Lambda functions: one route each, which takes whatever comes. */
public final class FunctionUrlRules {
  private final RegionName region;
  private final CdnIndex fronts;

  public FunctionUrlRules(RegionName region, CdnIndex fronts) {
    this.region = region;
    this.fronts = fronts;
  }

  public Api api(FunctionUrl fact) {
    Endpoint own = Endpoint.ofAws(fact.host(), Exposure.PUBLIC, Optional.empty());
    List<Endpoint> ways =
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
    ApiFlagCounter flaws = new ApiFlagCounter().cors(fact.cors());
    if (authorization == Authorization.NONE) {
      // A signed request goes past the distribution by the same right by which it may come at all.
      flaws.add(RiskFlag.Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION, 1).bypass(ways);
    }
    Api api =
        new Api(
            new ApiId(region.value(), Lambda.FUNCTION_URL, name),
            name,
            Exposure.PUBLIC,
            ways,
            List.of(),
            List.of(route),
            List.of(),
            flaws.found());
    return fact.readAt()
        .map(at -> api.with(new DetailsRead(Optional.of(at), Optional.empty())))
        .orElse(api);
  }

  /**
   * A URL as an earlier scan has read it, drawn from what it was judged to be.
   *
   * @param api a function's URL
   */
  static FunctionUrl earlier(EarlierApis.Known api) {
    Api judged = api.api();
    String local = judged.id().local();
    String function = judged.id().item();
    boolean wide = judged.flags().containsKey(RiskFlag.Kind.WILDCARD_CORS_WITH_CREDENTIALS);
    return new FunctionUrl(
        function,
        local.length() > function.length() ? local.substring(function.length() + 1) : "",
        judged.entrances().stream()
            .filter(way -> way.kind() == Endpoint.Kind.DEFAULT_ENDPOINT)
            .map(Endpoint::host)
            .findFirst()
            .orElseThrow(),
        judged.routes().stream()
            .map(route -> Authorizations.type(route.authorization()))
            .findFirst()
            .orElse(""),
        Optional.of(new Cors(true, true)).filter(_ -> wide),
        Optional.empty(),
        Optional.of(api.readAt()));
  }
}
