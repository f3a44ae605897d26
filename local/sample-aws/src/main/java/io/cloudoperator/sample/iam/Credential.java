package io.cloudoperator.sample.iam;

import java.time.Instant;
import java.util.Optional;

/**
 * A key pair, and whose it is.
 *
 * @param token of a temporary credential
 * @param expiration of a temporary credential
 */
public record Credential(
    String accessKeyId,
    String secretAccessKey,
    Optional<String> token,
    Optional<Instant> expiration,
    Holder holder) {

  /** Whose credential it is. */
  public sealed interface Holder {}

  /** An IAM user with one permission policy. */
  public record User(String arn, String id, Policy permissions) implements Holder {}

  /**
   * A session of a role; invalid once the role with that unique id is gone.
   *
   * @param issued absent of one that an earlier process issued, or that never expires
   */
  public record RoleSession(
      String roleArn,
      String roleId,
      String sessionName,
      Optional<Policy> policy,
      Optional<Instant> issued)
      implements Holder {}

  public boolean expiredAt(Instant now) {
    return expiration.isPresent() && !now.isBefore(expiration.get());
  }

  @Override
  public String toString() {
    return "Credential[" + accessKeyId + "]";
  }
}
