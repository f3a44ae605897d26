package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Regional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API of API Gateway.
 *
 * @param endpoint of a REST API; others are regional
 * @param executeApiDisabled whether its default endpoint is off
 * @param securityPolicy the least TLS of a REST API's default endpoint, such as {@code TLS_1_2}
 * @param policy the resource policy, which only REST APIs have
 * @param cors which only HTTP APIs have
 * @param resources the ids of a REST API's resources by their paths, each after the one above it:
 *     the root and those without methods, too. Others have none
 */
public record GatewayApi(
    String region,
    String id,
    String name,
    Kind kind,
    Instant created,
    Endpoint endpoint,
    boolean executeApiDisabled,
    String securityPolicy,
    Policy policy,
    Optional<CorsFacts> cors,
    Map<String, String> resources,
    List<Route> routes,
    List<Stage> stages,
    List<Authorizer> authorizers)
    implements Regional {

  public GatewayApi {
    resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    routes = List.copyOf(routes);
    stages = List.copyOf(stages);
    authorizers = List.copyOf(authorizers);
  }

  /** What it speaks; HTTP and WebSocket APIs are version 2's. */
  public enum Kind {
    REST,
    HTTP,
    WEBSOCKET
  }

  /** From where the endpoint of a REST API or of a domain can be reached. */
  public enum Endpoint {
    EDGE,
    REGIONAL,
    PRIVATE
  }

  /** What resource policy a REST API has. */
  public enum Policy {
    NONE,
    /** It allows anyone. */
    OPEN,
    /** It allows some source addresses. */
    ADDRESSES,
    /** It allows one VPC endpoint. */
    VPC_ENDPOINT
  }

  /** What answers a route. */
  public enum Backend {
    /** Nothing; version 2 alone knows it. */
    NONE,
    LAMBDA,
    /** Another AWS service. */
    AWS,
    HTTP,
    /** HTTP by way of a VPC link. */
    VPC_LINK,
    /** API Gateway itself; REST and WebSocket APIs alone have it. */
    MOCK
  }

  /**
   * A route, or a method of a resource.
   *
   * @param id version 2's; that of its integration is {@code i} and the same. Empty of a REST API
   * @param key such as {@code GET /orders/{id}}, {@code $default} or {@code $connect}
   * @param authorization as AWS names it: NONE, AWS_IAM, CUSTOM, JWT, COGNITO_USER_POOLS
   */
  public record Route(
      String id,
      String key,
      String authorization,
      Optional<String> authorizerId,
      boolean apiKeyRequired,
      Backend backend) {

    /** The method in front of the path, or ANY. */
    public String method() {
      return key.substring(0, Math.max(0, key.indexOf(' ')));
    }

    /** Such as {@code /orders/{id}}. */
    public String path() {
      return key.substring(key.indexOf(' ') + 1);
    }

    /** The same, open to anyone. */
    public Route open() {
      return new Route(id, key, "NONE", Optional.empty(), apiKeyRequired, backend);
    }
  }

  /**
   * A stage.
   *
   * @param deploymentId absent if nothing was deployed to it, which REST APIs do not know
   * @param rateLimit requests a second
   * @param webAcl the name of a WAF web ACL, which only REST APIs can have
   */
  public record Stage(
      String name,
      Optional<String> deploymentId,
      Instant updated,
      boolean accessLogs,
      Optional<Double> rateLimit,
      Optional<String> webAcl) {}

  /**
   * An authorizer.
   *
   * @param type as AWS names it: TOKEN, REQUEST, COGNITO_USER_POOLS, JWT, or one that is not known
   *     yet
   * @param issuer of a JWT authorizer
   */
  public record Authorizer(String id, String name, String type, Optional<String> issuer) {}

  @Override
  public int apis() {
    return 1;
  }

  /** The host of its default endpoint. */
  public String host() {
    return "%s.execute-api.%s.amazonaws.com".formatted(id, region);
  }

  /**
   * The API with this route, in place of the one with its key.
   *
   * @throws IllegalArgumentException if a REST API has no resource of its path
   */
  public GatewayApi with(Route route) {
    if (kind == Kind.REST && !resources.containsKey(route.path())) {
      throw new IllegalArgumentException("There is no resource " + route.path());
    }
    List<Route> changed = new ArrayList<>(without(route.key()).routes());
    changed.add(route);
    return withRoutes(changed);
  }

  /** The API without a route. */
  public GatewayApi without(String key) {
    return withRoutes(routes.stream().filter(each -> !each.key().equals(key)).toList());
  }

  /** The API as it is edited now, deployed to each of its stages that something was deployed to. */
  public GatewayApi deployed(Instant at) {
    return with(
        routes,
        stages.stream()
            .map(stage ->
                stage.deploymentId().isEmpty()
                    ? stage
                    : new Stage(
                        stage.name(),
                        stage.deploymentId().map(id -> id + "2"),
                        at,
                        stage.accessLogs(),
                        stage.rateLimit(),
                        stage.webAcl()))
            .toList());
  }

  private GatewayApi withRoutes(List<Route> other) {
    return with(other, stages);
  }

  private GatewayApi with(List<Route> other, List<Stage> changed) {
    return new GatewayApi(
        region,
        id,
        name,
        kind,
        created,
        endpoint,
        executeApiDisabled,
        securityPolicy,
        policy,
        cors,
        resources,
        other,
        changed,
        authorizers);
  }
}
