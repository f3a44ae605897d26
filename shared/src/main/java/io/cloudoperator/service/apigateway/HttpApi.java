package io.cloudoperator.service.apigateway;

import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.Integration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP or a WebSocket API of API Gateway. Neither can have a resource policy or a WAF.
 *
 * @param defaultEndpointDisabled whether {@code execute-api} does not answer for it
 * @param authorizers those that its routes refer to
 * @param partly what of it was read, if not all; the rest is absent
 * @see <a href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html">Apis</a>
 */
public record HttpApi(
    String id,
    String name,
    Protocol protocol,
    Optional<Instant> created,
    boolean defaultEndpointDisabled,
    Optional<Cors> cors,
    List<Route> routes,
    List<Stage> stages,
    List<Authorizer> authorizers,
    Optional<Partly> partly) {
  public HttpApi {
    routes = List.copyOf(routes);
    stages = List.copyOf(stages);
    authorizers = List.copyOf(authorizers);
  }

  /** One that was read whole. */
  public HttpApi(
      String id,
      String name,
      Protocol protocol,
      Optional<Instant> created,
      boolean defaultEndpointDisabled,
      Optional<Cors> cors,
      List<Route> routes,
      List<Stage> stages,
      List<Authorizer> authorizers) {
    this(
        id,
        name,
        protocol,
        created,
        defaultEndpointDisabled,
        cors,
        routes,
        stages,
        authorizers,
        Optional.empty());
  }

  /** The same with these details. */
  HttpApi with(
      List<Route> other, List<Stage> stage, List<Authorizer> asked, Optional<Partly> some) {
    return new HttpApi(
        id, name, protocol, created, defaultEndpointDisabled, cors, other, stage, asked, some);
  }

  /** What it speaks. */
  public enum Protocol {
    HTTP,
    WEBSOCKET
  }

  /**
   * A route.
   *
   * @param key such as {@code GET /orders/{id}}, {@code $default} or {@code $connect}
   * @param authorizationType as AWS names it: NONE, AWS_IAM, CUSTOM, JWT, or one that is not known
   *     yet
   */
  public record Route(
      String key,
      String authorizationType,
      Optional<String> authorizerId,
      boolean apiKeyRequired,
      Integration integration) {}
}
