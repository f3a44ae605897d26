package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.Authorizer;
import io.cloudoperator.apis.facts.HttpApi;
import io.cloudoperator.scan.RegionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The HTTP and the WebSocket APIs of a region. */
final class HttpApis {
  private static final String CONNECT = "$connect";

  private final RegionName region;
  private final GatewayWays gateway;
  private final Instant at;

  HttpApis(RegionName region, GatewayWays gateway, Instant at) {
    this.region = region;
    this.gateway = gateway;
    this.at = at;
  }

  Api api(HttpApi fact) {
    GatewayWays.Target target =
        new GatewayWays.Target(
            fact.id(),
            Exposure.PUBLIC,
            fact.defaultEndpointDisabled(),
            // The default endpoint takes TLS 1.2 at least, and AWS says so nowhere but here:
            // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-ciphers.html
            Optional.empty(),
            fact.stages());
    List<Entrance> ways = gateway.to(target);
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
        new Flaws()
            .openRoutes(routes)
            .tls(kind(fact.protocol()), ways)
            .bypass(ways)
            .stages(deployments, at)
            .cors(fact.cors())
            .found());
  }

  private static ApiKind kind(HttpApi.Protocol protocol) {
    return switch (protocol) {
      case HTTP -> ApiKind.HTTP;
      case WEBSOCKET -> ApiKind.WEBSOCKET;
    };
  }

  private static Function<HttpApi.Route, Route> routing(
      HttpApi api, List<Entrance> ways, Exposure exposure) {
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
    static Check of(HttpApi.Route route, Map<String, Authorizer> authorizers, List<Entrance> ways) {
      return new Check(
          Authorizations.of(route.authorizationType(), route.apiKeyRequired(), ways),
          route
              .authorizerId()
              .flatMap(id -> Optional.ofNullable(authorizers.get(id)))
              .map(Authorizer::name),
          route.apiKeyRequired());
    }

    static Check none(List<Entrance> ways) {
      return new Check(Authorizations.of("NONE", false, ways), Optional.empty(), false);
    }
  }
}
