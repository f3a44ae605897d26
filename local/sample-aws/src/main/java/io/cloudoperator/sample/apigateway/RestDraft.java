package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A REST API in the making: regional, in use and without a flaw until it is told otherwise. */
final class RestDraft {

  private final Ids ids;
  private final String region;
  private final String id;
  private final String name;
  private final Instant created;
  private final Map<String, List<RestApiFacts.Method>> methods = new LinkedHashMap<>();
  private final List<StageFacts> stages = new ArrayList<>();
  private final List<AuthorizerFacts> authorizers = new ArrayList<>();
  private Endpoint endpoint = Endpoint.REGIONAL;
  private boolean executeApiDisabled;
  private String securityPolicy = "TLS_1_2";
  private ResourcePolicyFacts policy = ResourcePolicyFacts.NONE;

  RestDraft(Ids ids, String region, String name, Instant created) {
    this.ids = ids;
    this.region = region;
    this.id = ids.api();
    this.name = name;
    this.created = created;
  }

  RestDraft endpoint(Endpoint value) {
    endpoint = value;
    return this;
  }

  RestDraft executeApiDisabled() {
    executeApiDisabled = true;
    return this;
  }

  RestDraft tls(String value) {
    securityPolicy = value;
    return this;
  }

  RestDraft policy(ResourcePolicyFacts value) {
    policy = value;
    return this;
  }

  /** An authorizer, which the routes that follow may refer to. */
  RestDraft authorizer(String authorizerName, String type) {
    authorizers.add(new AuthorizerFacts(ids.letters(6), authorizerName, type, Optional.empty()));
    return this;
  }

  /**
   * Routes, answered by Lambda.
   *
   * @param authorization CUSTOM and COGNITO_USER_POOLS refer to the latest authorizer
   */
  RestDraft routes(String authorization, String... keys) {
    return routes(authorization, false, IntegrationTarget.LAMBDA, keys);
  }

  RestDraft routes(
      String authorization, boolean apiKey, IntegrationTarget backend, String... keys) {
    Optional<String> authorizer =
        authorization.equals("CUSTOM") || authorization.equals("COGNITO_USER_POOLS")
            ? Optional.of(authorizers.getLast().id())
            : Optional.empty();
    for (String key : keys) {
      int space = key.indexOf(' ');
      methods
          .computeIfAbsent(key.substring(space + 1), _ -> new ArrayList<>())
          .add(
              new RestApiFacts.Method(
                  key.substring(0, space), authorization, authorizer, apiKey, backend));
    }
    return this;
  }

  RestDraft stage(
      String stageName,
      Instant updated,
      boolean logs,
      Optional<Double> rate,
      Optional<String> acl) {
    stages.add(new StageFacts(stageName, Optional.of(ids.letters(6)), updated, logs, rate, acl));
    return this;
  }

  RestApiFacts make() {
    Map<String, String> idsOfPaths = new LinkedHashMap<>();
    List<RestApiFacts.Resource> resources = new ArrayList<>();
    add("/", idsOfPaths, resources);
    methods.keySet().forEach(path -> add(path, idsOfPaths, resources));
    return new RestApiFacts(
        region,
        id,
        name,
        created,
        endpoint,
        executeApiDisabled,
        Optional.of(securityPolicy),
        policy,
        resources,
        stages,
        authorizers);
  }

  /** With all those above it that are not there yet. */
  private void add(
      String path, Map<String, String> idsOfPaths, List<RestApiFacts.Resource> resources) {
    if (idsOfPaths.containsKey(path)) {
      return;
    }
    Optional<String> parent = Optional.empty();
    if (!path.equals("/")) {
      int slash = path.lastIndexOf('/');
      String above = slash == 0 ? "/" : path.substring(0, slash);
      add(above, idsOfPaths, resources);
      parent = Optional.ofNullable(idsOfPaths.get(above));
    }
    String resourceId = ids.letters(6);
    idsOfPaths.put(path, resourceId);
    resources.add(
        new RestApiFacts.Resource(resourceId, parent, path, methods.getOrDefault(path, List.of())));
  }
}
