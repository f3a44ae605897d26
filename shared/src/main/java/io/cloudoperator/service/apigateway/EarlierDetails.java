package io.cloudoperator.service.apigateway;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Authorizations;
import io.cloudoperator.inventory.Deployment;
import io.cloudoperator.inventory.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an API was made of, drawn from what it was judged to be: so that it can be judged again, by
 * the ways that lead to it now. Of a limit it is only known that there is one, and an authorizer
 * has its name for an id.
 */
final class EarlierDetails {
  // That there is one is all that is asked of either.
  private static final String DEPLOYMENT = "earlier";
  private static final double LIMIT = 1;

  private EarlierDetails() {}

  static RestApi added(RestApi fact, Api earlier) {
    return fact.with(
        earlier.routes().stream()
            .map(route ->
                new RestApi.Method(
                    route.method(),
                    route.path(),
                    Authorizations.type(route.authorization()),
                    route.authorizer(),
                    route.apiKeyRequired(),
                    route.integration()))
            .toList(),
        stages(fact.partly(), fact.stages(), earlier),
        authorizers(earlier),
        fact.partly());
  }

  static HttpApi added(HttpApi fact, Api earlier) {
    return fact.with(
        earlier.routes().stream()
            .map(route ->
                new HttpApi.Route(
                    key(route),
                    Authorizations.type(route.authorization()),
                    route.authorizer(),
                    route.apiKeyRequired(),
                    route.integration()))
            .toList(),
        stages(fact.partly(), fact.stages(), earlier),
        authorizers(earlier),
        fact.partly());
  }

  /** That of a route of version 2: {@code $default} has no method there. */
  static String key(Route route) {
    return route.path().startsWith("/") ? route.key() : route.path();
  }

  private static List<Stage> stages(Optional<Partly> partly, List<Stage> read, Api earlier) {
    return partly.equals(Optional.of(Partly.STAGES))
        ? read
        : earlier.deployments().stream().map(EarlierDetails::stage).toList();
  }

  private static Stage stage(Deployment earlier) {
    return new Stage(
        earlier.stage(),
        Optional.of(DEPLOYMENT).filter(_ -> earlier.deployed()),
        earlier.deployedAt(),
        earlier.accessLogs(),
        Optional.of(LIMIT).filter(_ -> earlier.throttled()),
        earlier.webAcl());
  }

  private static List<Authorizer> authorizers(Api earlier) {
    return Stream.concat(
            earlier.routes().stream()
                .flatMap(route -> route.authorizer().stream())
                .distinct()
                .map(name -> new Authorizer(name, name, "", Optional.empty())),
            earlier.issuers().stream()
                .map(issuer -> new Authorizer("issuer " + issuer, "", "JWT", Optional.of(issuer))))
        .toList();
  }
}
