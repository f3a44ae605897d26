package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Regional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP or a WebSocket API.
 *
 * @param executeApiDisabled whether its default endpoint is off
 */
public record HttpApiFacts(
    String region,
    String id,
    String name,
    Protocol protocol,
    Instant created,
    boolean executeApiDisabled,
    Optional<CorsFacts> cors,
    List<Route> routes,
    List<StageFacts> stages,
    List<AuthorizerFacts> authorizers)
    implements Regional {

  public HttpApiFacts {
    routes = List.copyOf(routes);
    stages = List.copyOf(stages);
    authorizers = List.copyOf(authorizers);
  }

  @Override
  public int apis() {
    return 1;
  }

  /** The host of its default endpoint. */
  public String host() {
    return "%s.execute-api.%s.amazonaws.com".formatted(id, region);
  }

  /** What it speaks. */
  public enum Protocol {
    HTTP,
    WEBSOCKET
  }

  /**
   * A route.
   *
   * @param id of the route; that of its integration is {@code i} and the same
   * @param key such as {@code GET /orders/{id}}, {@code $default} or {@code $connect}
   * @param authorization as AWS names it: NONE, AWS_IAM, CUSTOM, JWT
   * @param backend absent if it has no integration
   */
  public record Route(
      String id,
      String key,
      String authorization,
      Optional<String> authorizerId,
      boolean apiKeyRequired,
      Optional<IntegrationTarget> backend) {}

  /** The API with this route, in place of the one with its key. */
  public HttpApiFacts with(Route route) {
    List<Route> changed = new ArrayList<>(routes);
    changed.removeIf(each -> each.key().equals(route.key()));
    changed.add(route);
    return withRoutes(changed);
  }

  /** The API without a route. */
  public HttpApiFacts without(String key) {
    return withRoutes(routes.stream().filter(each -> !each.key().equals(key)).toList());
  }

  private HttpApiFacts withRoutes(List<Route> other) {
    return new HttpApiFacts(
        region, id, name, protocol, created, executeApiDisabled, cors, other, stages, authorizers);
  }
}
