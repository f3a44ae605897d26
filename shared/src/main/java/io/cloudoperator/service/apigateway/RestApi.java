package io.cloudoperator.service.apigateway;

import io.cloudoperator.inventory.Integration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A REST API of API Gateway.
 *
 * @param created absent if AWS does not say
 * @param defaultEndpointDisabled whether {@code execute-api} does not answer for it
 * @param tlsPolicy of the default endpoint, such as {@code TLS_1_2}; absent if AWS does not say
 * @param authorizers those that its methods refer to
 * @param partly what of it was read, if not all; the rest is absent
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html">RestApi</a>
 */
public record RestApi(
    String id,
    String name,
    Optional<Instant> created,
    EndpointType endpointType,
    boolean defaultEndpointDisabled,
    Optional<String> tlsPolicy,
    ResourcePolicy resourcePolicy,
    List<Method> methods,
    List<Stage> stages,
    List<Authorizer> authorizers,
    Optional<Partly> partly) {
  public RestApi {
    methods = List.copyOf(methods);
    stages = List.copyOf(stages);
    authorizers = List.copyOf(authorizers);
  }

  /** One that was read whole. */
  public RestApi(
      String id,
      String name,
      Optional<Instant> created,
      EndpointType endpointType,
      boolean defaultEndpointDisabled,
      Optional<String> tlsPolicy,
      ResourcePolicy resourcePolicy,
      List<Method> methods,
      List<Stage> stages,
      List<Authorizer> authorizers) {
    this(
        id,
        name,
        created,
        endpointType,
        defaultEndpointDisabled,
        tlsPolicy,
        resourcePolicy,
        methods,
        stages,
        authorizers,
        Optional.empty());
  }

  /** The same with these details. */
  RestApi with(
      List<Method> other, List<Stage> stage, List<Authorizer> asked, Optional<Partly> some) {
    return new RestApi(
        id,
        name,
        created,
        endpointType,
        defaultEndpointDisabled,
        tlsPolicy,
        resourcePolicy,
        other,
        stage,
        asked,
        some);
  }

  /**
   * A method of a resource: what authorization is a property of.
   *
   * @param httpMethod such as {@code GET}, or {@code ANY}
   * @param path such as {@code /orders/{id}}
   * @param authorizationType as AWS names it: NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS, or one
   *     that is not known yet
   * @param authorizerId of one of the API's authorizers
   */
  public record Method(
      String httpMethod,
      String path,
      String authorizationType,
      Optional<String> authorizerId,
      boolean apiKeyRequired,
      Integration integration) {
    /** The same of a path. */
    Method at(String resource) {
      return new Method(
          httpMethod, resource, authorizationType, authorizerId, apiKeyRequired, integration);
    }
  }
}
