package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.Authorizer;
import io.cloudoperator.apis.facts.RestApi;
import io.cloudoperator.scan.RegionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The REST APIs of a region. */
final class RestApis {
  private final RegionName region;
  private final GatewayWays gateway;
  private final Instant at;

  RestApis(RegionName region, GatewayWays gateway, Instant at) {
    this.region = region;
    this.gateway = gateway;
    this.at = at;
  }

  Api api(RestApi fact) {
    GatewayWays.Target target =
        new GatewayWays.Target(
            fact.id(),
            Exposures.of(fact.endpointType(), fact.resourcePolicy()),
            fact.defaultEndpointDisabled(),
            fact.tlsPolicy(),
            fact.stages());
    List<Entrance> ways = gateway.to(target);
    Exposure exposure = gateway.exposure(target, ways);
    Map<String, Authorizer> authorizers = Authorizers.byId(fact.authorizers());
    List<Route> routes =
        fact.methods().stream()
            .map(method -> route(method, authorizers, ways, exposure))
            .sorted()
            .toList();
    List<Deployment> deployments = Deployments.of(fact.stages());
    return new Api(
        new ApiId(region.value(), ApiKind.REST, fact.id()),
        fact.name(),
        Exposures.of(ways, routes, exposure),
        ways,
        deployments,
        routes,
        Authorizers.issuers(fact.authorizers()),
        new Flaws()
            .openRoutes(routes)
            .tls(ApiKind.REST, ways)
            .bypass(ways)
            .stages(deployments, at)
            .found());
  }

  private static Route route(
      RestApi.Method method,
      Map<String, Authorizer> authorizers,
      List<Entrance> ways,
      Exposure exposure) {
    Authorization authorization =
        Authorizations.of(method.authorizationType(), method.apiKeyRequired(), ways);
    return new Route(
        method.httpMethod(),
        method.path(),
        authorization,
        method
            .authorizerId()
            .flatMap(id -> Optional.ofNullable(authorizers.get(id)))
            .map(Authorizer::name),
        method.apiKeyRequired(),
        Exposures.ofMethod(exposure, authorization),
        method.integration());
  }
}
