package io.cloudoperator.service.apigateway;

import io.cloudoperator.inventory.Deployment;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stages of an API. */
public final class Deployments {
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

  /** When anything was last deployed; absent if AWS does not say it of every deployed stage. */
  public static Optional<Instant> last(List<Deployment> deployments) {
    List<Deployment> deployed = deployments.stream().filter(Deployment::deployed).toList();
    return deployed.stream().allMatch(stage -> stage.deployedAt().isPresent())
        ? deployed.stream().flatMap(stage -> stage.deployedAt().stream()).max(Instant::compareTo)
        : Optional.empty();
  }
}
