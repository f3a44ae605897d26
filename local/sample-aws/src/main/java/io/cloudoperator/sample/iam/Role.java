package io.cloudoperator.sample.iam;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An IAM role.
 *
 * @param permissions what is attached to it, inline or managed; one must allow
 * @param boundary the permissions boundary, which must allow as well
 * @param id its unique id: a role made anew under the same name is another role, and sessions of
 *     the old one stay invalid
 */
public record Role(
    String arn,
    String id,
    Policy trust,
    List<Policy> permissions,
    Optional<Policy> boundary,
    Duration maxSession) {

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  private static final Duration SHORTEST_MAXIMUM = Duration.ofHours(1);
  private static final Duration LONGEST_MAXIMUM = Duration.ofHours(12);

  public Role {
    permissions = List.copyOf(permissions);
    if (maxSession.compareTo(SHORTEST_MAXIMUM) < 0 || maxSession.compareTo(LONGEST_MAXIMUM) > 0) {
      throw new PolicyException("MaxSessionDuration must be between 3600 and 43200 seconds");
    }
  }

  /**
   * A new role for sessions of an hour, without a boundary.
   *
   * @throws PolicyException if a policy is not accepted
   */
  public static Role of(String arn, String trust, String permissions) {
    return new Role(
        arn,
        Identifiers.uniqueId("AROA"),
        Policy.parse(trust, PolicyKind.TRUST),
        List.of(Policy.parse(permissions, PolicyKind.IDENTITY)),
        Optional.empty(),
        SHORTEST_MAXIMUM);
  }

  /** The same role under another unique id. */
  public Role withId(String other) {
    return new Role(arn, other, trust, permissions, boundary, maxSession);
  }

  public String accountId() {
    return arn.split(":", 6)[4];
  }

  /** The name without its path. */
  public String name() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
