package io.cloudoperator.service.apigateway;

import java.util.Collection;

/**
 * A stage as it is listed, before it is known which routes its limits hold for.
 *
 * @param stage without a limit
 */
record FoundStage(Stage stage, RouteLimits limits) {
  /**
   * The stage of an API that has these routes.
   *
   * @param routes their keys, as those of {@link RouteLimits}
   */
  Stage serving(Collection<String> routes) {
    return new Stage(
        stage.name(),
        stage.deploymentId(),
        stage.deployedAt(),
        stage.accessLogs(),
        limits.over(routes),
        stage.webAcl());
  }
}
