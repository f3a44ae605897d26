package io.cloudoperator.service.apigateway;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Authorizations;
import io.cloudoperator.inventory.Deployment;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Exposures;
import io.cloudoperator.inventory.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The REST APIs of a region. */
public final class RestApiRules {
  private final RegionName region;
  private final GatewayEndpoints gateway;
  private final Instant at;

  public RestApiRules(RegionName region, GatewayEndpoints gateway, Instant at) {
    this.region = region;
    this.gateway = gateway;
    this.at = at;
  }

  public Api api(RestApi fact) {
    GatewayEndpoints.Target target =
        new GatewayEndpoints.Target(
            fact.id(),
            exposure(fact.endpointType(), fact.resourcePolicy()),
            fact.defaultEndpointDisabled(),
            fact.tlsPolicy(),
            fact.stages());
    List<Endpoint> ways = gateway.to(target);
    Exposure exposure = gateway.exposure(target, ways);
    Map<String, Authorizer> authorizers = Authorizers.byId(fact.authorizers());
    List<Route> routes =
        fact.methods().stream()
            .map(method -> route(method, authorizers, ways, exposure))
            .sorted()
            .toList();
    List<Deployment> deployments = Deployments.of(fact.stages());
    return new Api(
        new ApiId(region.value(), ApiGateway.REST, fact.id()),
        fact.name(),
        Exposures.of(ways, routes, exposure),
        ways,
        deployments,
        routes,
        Authorizers.issuers(fact.authorizers()),
        new ApiFlagCounter()
            .openRoutes(routes)
            .tls(ApiGateway.REST, ways)
            .bypass(ways)
            .stages(deployments, at)
            .found());
  }

  /** Who may come to it. A policy that was not understood is not taken for a fence. */
  private static Exposure exposure(EndpointType endpoint, ResourcePolicy policy) {
    if (endpoint == EndpointType.PRIVATE) {
      return Exposure.PRIVATE;
    }
    return policy == ResourcePolicy.RESTRICTED ? Exposure.RESTRICTED : Exposure.PUBLIC;
  }

  private static Route route(
      RestApi.Method method,
      Map<String, Authorizer> authorizers,
      List<Endpoint> ways,
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
