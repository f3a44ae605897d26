package io.cloudoperator.sample.iam;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An IAM role.
 *
 * @param policies what is attached to it, of which one must allow: inline policies by their names,
 *     managed ones by their ARNs
 * @param boundary the permissions boundary, which must allow as well
 * @param id its unique id: a role made anew under the same name is another role, and sessions of
 *     the old one stay invalid
 */
public record Role(
    String arn,
    String id,
    Policy trust,
    Map<String, Policy> policies,
    Optional<Policy> boundary,
    Duration maxSession) {

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  private static final Duration SHORTEST_MAXIMUM = Duration.ofHours(1);
  private static final Duration LONGEST_MAXIMUM = Duration.ofHours(12);

  public Role {
    policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
    if (maxSession.compareTo(SHORTEST_MAXIMUM) < 0 || maxSession.compareTo(LONGEST_MAXIMUM) > 0) {
      throw new PolicyException("MaxSessionDuration must be between 3600 and 43200 seconds");
    }
  }

  /** A new role for sessions of an hour, which may do nothing yet. */
  public static Role of(String arn, Policy trust, Optional<Policy> boundary) {
    return new Role(arn, Identifiers.uniqueId("AROA"), trust, Map.of(), boundary, SHORTEST_MAXIMUM);
  }

  /**
   * A new role for sessions of an hour, without a boundary, whose inline policy has its name.
   *
   * @throws PolicyException if a policy is not accepted
   */
  public static Role of(String arn, String trust, String permissions) {
    Role role = of(arn, Policy.parse(trust, PolicyKind.TRUST), Optional.empty());
    return role.with(role.name(), Policy.parse(permissions, PolicyKind.IDENTITY));
  }

  /** Whether this is the ARN of a managed policy, and not the name of an inline one. */
  public static boolean managed(String policy) {
    return policy.startsWith("arn:");
  }

  /** The same role under another unique id. */
  public Role withId(String other) {
    return new Role(arn, other, trust, policies, boundary, maxSession);
  }

  /** The same role with this policy, in place of the one of that name or ARN. */
  public Role with(String name, Policy policy) {
    Map<String, Policy> more = new LinkedHashMap<>(policies);
    more.put(name, policy);
    return new Role(arn, id, trust, more, boundary, maxSession);
  }

  /** The same role without the policy of that name or ARN. */
  public Role without(String name) {
    Map<String, Policy> fewer = new LinkedHashMap<>(policies);
    fewer.remove(name);
    return new Role(arn, id, trust, fewer, boundary, maxSession);
  }

  List<Policy> permissions() {
    return List.copyOf(policies.values());
  }

  public String accountId() {
    return arn.split(":", 6)[4];
  }

  /** The name without its path. */
  public String name() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
