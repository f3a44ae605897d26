package io.cloudoperator.service.apigateway;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
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
import java.util.function.Function;

/** The HTTP and the WebSocket APIs of a region. */
public final class HttpApiRules {
  private static final String CONNECT = "$connect";

  private final RegionName region;
  private final GatewayEndpoints gateway;
  private final Instant at;

  public HttpApiRules(RegionName region, GatewayEndpoints gateway, Instant at) {
    this.region = region;
    this.gateway = gateway;
    this.at = at;
  }

  public Api api(HttpApi fact) {
    GatewayEndpoints.Target target =
        new GatewayEndpoints.Target(
            fact.id(),
            Exposure.PUBLIC,
            fact.defaultEndpointDisabled(),
            // The default endpoint takes TLS 1.2 at least, and AWS says so nowhere but here:
            // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-ciphers.html
            Optional.empty(),
            fact.stages());
    List<Endpoint> ways = gateway.to(target);
    Exposure exposure = gateway.exposure(target, ways);
    List<Route> routes =
        fact.routes().stream().map(routing(fact, ways, exposure)).sorted().toList();
    List<Deployment> deployments = Deployments.of(fact.stages());
    return new Api(
        new ApiId(region.value(), kind(fact.protocol()), fact.id()),
        fact.name(),
        Exposures.of(ways, routes, exposure),
        ways,
        deployments,
        routes,
        Authorizers.issuers(fact.authorizers()),
        new ApiFlagCounter()
            .openRoutes(routes)
            .tls(kind(fact.protocol()), ways)
            .bypass(ways)
            .stages(deployments, at)
            .cors(fact.cors())
            .found());
  }

  private static ApiKind kind(HttpApi.Protocol protocol) {
    return switch (protocol) {
      case HTTP -> ApiGateway.HTTP;
      case WEBSOCKET -> ApiGateway.WEBSOCKET;
    };
  }

  private static Function<HttpApi.Route, Route> routing(
      HttpApi api, List<Endpoint> ways, Exposure exposure) {
    Map<String, Authorizer> authorizers = Authorizers.byId(api.authorizers());
    return switch (api.protocol()) {
      case HTTP ->
          route -> {
            int space = route.key().indexOf(' ');
            return route(
                space < 0 ? "ANY" : route.key().substring(0, space),
                route.key().substring(space + 1),
                route,
                Check.of(route, authorizers, ways),
                exposure);
          };
      case WEBSOCKET -> {
        // A connection is authorized once, when it is made; what is sent over it is not asked
        // again:
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
        Check connect =
            api.routes().stream()
                .filter(route -> route.key().equals(CONNECT))
                .findFirst()
                .map(route -> Check.of(route, authorizers, ways))
                .orElseGet(() -> Check.none(ways));
        yield route -> route("", route.key(), route, connect, exposure);
      }
    };
  }

  private static Route route(
      String method, String path, HttpApi.Route route, Check check, Exposure exposure) {
    return new Route(
        method,
        path,
        check.authorization(),
        check.authorizer(),
        check.apiKeyRequired(),
        exposure,
        route.integration());
  }

  /** What is asked of a caller. */
  private record Check(
      Authorization authorization, Optional<String> authorizer, boolean apiKeyRequired) {
    static Check of(HttpApi.Route route, Map<String, Authorizer> authorizers, List<Endpoint> ways) {
      return new Check(
          Authorizations.of(route.authorizationType(), route.apiKeyRequired(), ways),
          route
              .authorizerId()
              .flatMap(id -> Optional.ofNullable(authorizers.get(id)))
              .map(Authorizer::name),
          route.apiKeyRequired());
    }

    static Check none(List<Endpoint> ways) {
      return new Check(Authorizations.of("NONE", false, ways), Optional.empty(), false);
    }
  }
}
