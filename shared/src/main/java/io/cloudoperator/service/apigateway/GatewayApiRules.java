package io.cloudoperator.service.apigateway;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlagCounter;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Authorizations;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.Deployment;
import io.cloudoperator.inventory.DetailsRead;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Exposures;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.service.RegionFacts;
import io.cloudoperator.service.apigateway.GatewayEndpoints.Target;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** The REST, HTTP and WebSocket APIs of a region. */
final class GatewayApiRules {
  private static final String CONNECT = "$connect";

  private final RegionFacts found;
  private final GatewayEndpoints gateway;

  GatewayApiRules(RegionFacts found, GatewayEndpoints gateway) {
    this.found = found;
    this.gateway = gateway;
  }

  Api rest(RestApi fact) {
    ApiId id = id(ApiGateway.REST, fact.id());
    return fact.partly()
        .map(partly ->
            earlier(id, fact.name(), partly, known -> judged(EarlierDetails.added(fact, known))))
        .orElseGet(() -> judged(fact));
  }

  Api http(HttpApi fact) {
    ApiId id = id(ApiGateway.kind(fact), fact.id());
    return fact.partly()
        .map(partly ->
            earlier(id, fact.name(), partly, known -> judged(EarlierDetails.added(fact, known))))
        .orElseGet(() -> judged(fact));
  }

  private ApiId id(ApiKind kind, String local) {
    return new ApiId(found.region().value(), kind, local);
  }

  /** One that was not read whole, with what earlier scans know of it. */
  private Api earlier(ApiId id, String name, Partly partly, Function<Api, Api> judged) {
    return found
        .earlier()
        .find(id)
        .map(known ->
            judged
                .apply(known.api())
                .with(
                    new DetailsRead(
                        Optional.of(known.readAt()),
                        Optional.of(
                            partly == Partly.STAGES ? found.startedAt() : known.stagesAt()))))
        .orElseGet(() -> Api.listed(id, name));
  }

  private Api judged(RestApi fact) {
    Target target =
        new Target(
            fact.id(),
            exposure(fact.endpointType(), fact.resourcePolicy()),
            fact.defaultEndpointDisabled(),
            fact.tlsPolicy(),
            fact.stages());
    return api(
        ApiGateway.REST,
        fact.name(),
        target,
        fact.authorizers(),
        Optional.empty(),
        (callers, exposure) ->
            fact.methods().stream()
                .map(method -> {
                  Check check =
                      callers.check(
                          method.authorizationType(),
                          method.authorizerId(),
                          method.apiKeyRequired());
                  return check.route(
                      method.httpMethod(),
                      method.path(),
                      Exposures.ofMethod(exposure, check.authorization()),
                      method.integration());
                }));
  }

  /** Who may come to it. A policy that was not understood is not taken for a fence. */
  private static Exposure exposure(EndpointType endpoint, ResourcePolicy policy) {
    return switch (endpoint) {
      case PRIVATE -> Exposure.PRIVATE;
      case UNKNOWN -> Exposure.UNKNOWN;
      case EDGE, REGIONAL ->
          policy == ResourcePolicy.RESTRICTED ? Exposure.RESTRICTED : Exposure.PUBLIC;
    };
  }

  private Api judged(HttpApi fact) {
    Target target =
        new Target(
            fact.id(),
            Exposure.PUBLIC,
            fact.defaultEndpointDisabled(),
            // The default endpoint takes TLS 1.2 at least, and AWS says so nowhere but here:
            // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-ciphers.html
            Optional.empty(),
            fact.stages());
    return switch (fact.protocol()) {
      case HTTP ->
          api(
              ApiGateway.HTTP,
              fact.name(),
              target,
              fact.authorizers(),
              fact.cors(),
              (callers, exposure) ->
                  fact.routes().stream()
                      .map(route -> {
                        int space = route.key().indexOf(' ');
                        return callers
                            .check(route)
                            .route(
                                space < 0 ? "ANY" : route.key().substring(0, space),
                                route.key().substring(space + 1),
                                exposure,
                                route.integration());
                      }));
      case WEBSOCKET ->
          api(
              ApiGateway.WEBSOCKET,
              fact.name(),
              target,
              fact.authorizers(),
              fact.cors(),
              (callers, exposure) -> {
                // A connection is authorized once, when it is made; what is sent over it is not
                // asked again:
                // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
                Check connect =
                    fact.routes().stream()
                        .filter(route -> route.key().equals(CONNECT))
                        .findFirst()
                        .map(callers::check)
                        .orElseGet(() -> callers.check("NONE", Optional.empty(), false));
                return fact.routes().stream()
                    .map(route -> connect.route("", route.key(), exposure, route.integration()));
              });
    };
  }

  private Api api(
      ApiKind kind,
      String name,
      Target target,
      List<Authorizer> authorizers,
      Optional<Cors> cors,
      BiFunction<Callers, Exposure, Stream<Route>> routing) {
    List<Endpoint> ways = gateway.to(target);
    Exposure exposure = gateway.exposure(target, ways);
    Map<String, Authorizer> byId = new HashMap<>();
    authorizers.forEach(authorizer -> byId.put(authorizer.id(), authorizer));
    List<Route> routes = routing.apply(new Callers(byId, ways), exposure).sorted().toList();
    List<Deployment> deployments = deployments(target.stages());
    return new Api(
        id(kind, target.id()),
        name,
        Exposures.of(ways, routes, exposure),
        ways,
        deployments,
        routes,
        authorizers.stream()
            .flatMap(authorizer -> authorizer.issuer().stream())
            .distinct()
            .sorted()
            .toList(),
        new ApiFlagCounter()
            .openRoutes(routes)
            .tls(kind, ways)
            .bypass(ways)
            .stages(deployments, found.at())
            .cors(cors)
            .found());
  }

  private static List<Deployment> deployments(List<Stage> stages) {
    return stages.stream()
        .map(stage ->
            new Deployment(
                stage.name(),
                stage.deploymentId().isPresent(),
                stage.deployedAt(),
                stage.accessLogs(),
                stage.rateLimit().isPresent(),
                stage.webAcl()))
        .sorted(Comparator.comparing(Deployment::stage))
        .toList();
  }

  /**
   * What decides of callers what they must show.
   *
   * @param authorizers by their ids
   * @param ways the open ways to the API
   */
  private record Callers(Map<String, Authorizer> authorizers, List<Endpoint> ways) {
    Check check(HttpApi.Route route) {
      return check(route.authorizationType(), route.authorizerId(), route.apiKeyRequired());
    }

    Check check(String authorizationType, Optional<String> authorizerId, boolean apiKey) {
      return new Check(
          Authorizations.of(authorizationType, apiKey, ways),
          authorizerId
              .flatMap(id -> Optional.ofNullable(authorizers.get(id)))
              .map(Authorizer::name),
          apiKey);
    }
  }

  /** What is asked of a caller. */
  private record Check(Authorization authorization, Optional<String> authorizer, boolean apiKey) {
    Route route(String method, String path, Exposure exposure, Integration integration) {
      return new Route(method, path, authorization, authorizer, apiKey, exposure, integration);
    }
  }
}
