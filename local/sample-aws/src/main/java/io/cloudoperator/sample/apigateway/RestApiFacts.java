package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.Regional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A REST API.
 *
 * @param executeApiDisabled whether its default endpoint is off
 * @param securityPolicy of its default endpoint; absent if AWS does not say
 * @param resources all of them, the root and those without methods, too
 */
public record RestApiFacts(
    String region,
    String id,
    String name,
    Instant created,
    Endpoint endpoint,
    boolean executeApiDisabled,
    Optional<String> securityPolicy,
    ResourcePolicyFacts policy,
    List<Resource> resources,
    List<StageFacts> stages,
    List<AuthorizerFacts> authorizers)
    implements Regional {

  public RestApiFacts {
    resources = List.copyOf(resources);
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

  /**
   * A resource: a path, and what may be done there.
   *
   * @param parentId absent of the root
   * @param path such as {@code /orders/{id}}
   */
  public record Resource(String id, Optional<String> parentId, String path, List<Method> methods) {
    public Resource {
      methods = List.copyOf(methods);
    }
  }

  /**
   * A method of a resource.
   *
   * @param httpMethod or ANY
   * @param authorization as AWS names it: NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS
   */
  public record Method(
      String httpMethod,
      String authorization,
      Optional<String> authorizerId,
      boolean apiKeyRequired,
      IntegrationTarget backend) {}

  /** A method and where it is. */
  public record Route(String path, Method method) {
    public String key() {
      return method.httpMethod() + " " + path;
    }
  }

  /** Every method of every resource. */
  public List<Route> routes() {
    return resources.stream()
        .flatMap(each -> each.methods().stream().map(method -> new Route(each.path(), method)))
        .toList();
  }

  /** The API with this method, in place of the one there; the resource must be there. */
  public RestApiFacts with(String path, Method method) {
    return withMethods(path, method.httpMethod(), Optional.of(method));
  }

  /** The API without a method. */
  public RestApiFacts without(String path, String httpMethod) {
    return withMethods(path, httpMethod, Optional.empty());
  }

  /** The API with other stages. */
  public RestApiFacts withStages(List<StageFacts> other) {
    return new RestApiFacts(
        region,
        id,
        name,
        created,
        endpoint,
        executeApiDisabled,
        securityPolicy,
        policy,
        resources,
        other,
        authorizers);
  }

  private RestApiFacts withMethods(String path, String httpMethod, Optional<Method> method) {
    if (resources.stream().noneMatch(each -> each.path().equals(path))) {
      throw new IllegalArgumentException("There is no resource " + path);
    }
    List<Resource> changed = new ArrayList<>();
    for (Resource resource : resources) {
      List<Method> methods = new ArrayList<>(resource.methods());
      if (resource.path().equals(path)) {
        methods.removeIf(each -> each.httpMethod().equals(httpMethod));
        method.ifPresent(methods::add);
      }
      changed.add(new Resource(resource.id(), resource.parentId(), resource.path(), methods));
    }
    return new RestApiFacts(
        region,
        id,
        name,
        created,
        endpoint,
        executeApiDisabled,
        securityPolicy,
        policy,
        changed,
        stages,
        authorizers);
  }
}
