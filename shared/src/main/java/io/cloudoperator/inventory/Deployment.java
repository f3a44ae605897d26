package io.cloudoperator.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stage of an API.
 *
 * @param deployed whether anything was deployed to it
 * @param deployedAt when last; absent if AWS does not say
 * @param throttled whether it has a limit of its own, beside the account's
 */
public record Deployment(
    String stage,
    boolean deployed,
    Optional<Instant> deployedAt,
    boolean accessLogs,
    boolean throttled,
    Optional<String> webAcl) {
  /** When anything was last deployed; absent if AWS does not say it of every deployed stage. */
  public static Optional<Instant> last(List<Deployment> deployments) {
    List<Deployment> deployed = deployments.stream().filter(Deployment::deployed).toList();
    return deployed.stream().allMatch(stage -> stage.deployedAt().isPresent())
        ? deployed.stream().flatMap(stage -> stage.deployedAt().stream()).max(Instant::compareTo)
        : Optional.empty();
  }
}
