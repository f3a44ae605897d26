package io.cloudoperator.service.apigateway;

import io.cloudoperator.inventory.Deployment;
import java.util.Comparator;
import java.util.List;

/** The stages of an API. */
final class Deployments {
  private Deployments() {}

  static List<Deployment> of(List<Stage> stages) {
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
}
