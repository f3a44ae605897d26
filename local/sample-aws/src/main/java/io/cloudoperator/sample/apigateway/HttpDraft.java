package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An HTTP or WebSocket API in the making. */
final class HttpDraft {

  private final Ids ids;
  private final String region;
  private final String id;
  private final String name;
  private final HttpApiFacts.Protocol protocol;
  private final Instant created;
  private final List<HttpApiFacts.Route> routes = new ArrayList<>();
  private final List<StageFacts> stages = new ArrayList<>();
  private final List<AuthorizerFacts> authorizers = new ArrayList<>();
  private boolean executeApiDisabled;
  private Optional<CorsFacts> cors = Optional.empty();

  HttpDraft(Ids ids, String region, String name, HttpApiFacts.Protocol protocol, Instant created) {
    this.ids = ids;
    this.region = region;
    this.id = ids.api();
    this.name = name;
    this.protocol = protocol;
    this.created = created;
  }

  HttpDraft executeApiDisabled() {
    executeApiDisabled = true;
    return this;
  }

  HttpDraft cors(boolean credentials, String... origins) {
    cors = Optional.of(new CorsFacts(List.of(origins), credentials));
    return this;
  }

  /** An authorizer of type REQUEST, or of one that is not known yet. */
  HttpDraft authorizer(String authorizerName, String type) {
    authorizers.add(new AuthorizerFacts(ids.letters(6), authorizerName, type, Optional.empty()));
    return this;
  }

  HttpDraft jwt(String authorizerName, String issuer) {
    authorizers.add(
        new AuthorizerFacts(ids.letters(6), authorizerName, "JWT", Optional.of(issuer)));
    return this;
  }

  /**
   * Routes, answered by Lambda.
   *
   * @param authorization CUSTOM and JWT refer to the latest authorizer
   */
  HttpDraft routes(String authorization, String... keys) {
    return routes(authorization, Optional.of(IntegrationTarget.LAMBDA), keys);
  }

  HttpDraft routes(String authorization, Optional<IntegrationTarget> backend, String... keys) {
    Optional<String> authorizer =
        authorization.equals("CUSTOM") || authorization.equals("JWT")
            ? Optional.of(authorizers.getLast().id())
            : Optional.empty();
    for (String key : keys) {
      routes.add(
          new HttpApiFacts.Route(ids.letters(7), key, authorization, authorizer, false, backend));
    }
    return this;
  }

  HttpDraft stage(String stageName, Instant updated, boolean logs, Optional<Double> rate) {
    stages.add(
        new StageFacts(
            stageName, Optional.of(ids.letters(6)), updated, logs, rate, Optional.empty()));
    return this;
  }

  HttpDraft stageWithoutDeployment(String stageName, Instant updated) {
    stages.add(
        new StageFacts(
            stageName, Optional.empty(), updated, false, Optional.empty(), Optional.empty()));
    return this;
  }

  HttpApiFacts make() {
    return new HttpApiFacts(
        region, id, name, protocol, created, executeApiDisabled, cors, routes, stages, authorizers);
  }
}
