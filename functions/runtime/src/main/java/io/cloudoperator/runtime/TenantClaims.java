package io.cloudoperator.runtime;

import io.cloudoperator.connection.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which claims of a verified access token name its tenant. Of a machine it is one claim. A person
 * of the stack's own user pool belongs to a tenant by one of the groups, which only an
 * administrator of the pool makes and gives.
 *
 * @param claim that names the tenant of a machine
 * @param groupPrefix of the group that names the tenant of a person; empty where no tokens are told
 *     to be people's, because they come from a foreign issuer
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html">Claims
 *     of Cognito's access tokens</a>
 */
public record TenantClaims(String claim, Optional<String> groupPrefix) {
  private static final String USERNAME = "username";
  private static final String GROUPS = "cognito:groups";

  /** A claim for each tenant, and no people. */
  public static TenantClaims of(String claim) {
    return new TenantClaims(claim, Optional.empty());
  }

  /** Whether a person has signed in for this token: client credentials have neither claim. */
  boolean ofPerson(Map<String, String> claims) {
    return groupPrefix.isPresent() && (claims.containsKey(USERNAME) || claims.containsKey(GROUPS));
  }

  /** The tenant, if these claims name exactly one. */
  Optional<TenantId> tenant(Map<String, String> claims) {
    Optional<String> named =
        ofPerson(claims)
            ? ofGroup(claims.getOrDefault(GROUPS, ""), groupPrefix.orElseThrow())
            : Optional.ofNullable(claims.get(claim));
    return named.flatMap(TenantClaims::parsed);
  }

  /** What to do about a token that names no tenant. */
  String demand(Map<String, String> claims) {
    return ofPerson(claims)
        ? "You are to be in exactly one group of the user pool that names a tenant, \"%s\" and its name: 1 to 128 letters, digits and _.:@|-."
            .formatted(groupPrefix.orElseThrow())
        : "The token's claim \"%s\" must name the tenant: 1 to 128 letters, digits and _.:@|-."
            .formatted(claim);
  }

  /**
   * API Gateway writes a list as text, {@code [a b]}. The names of groups have no blanks, but may
   * have brackets and commas: none of these can be in a tenant's name, so that a name which is read
   * out of another one is refused with it.
   */
  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html
  private static Optional<String> ofGroup(String list, String prefix) {
    if (!list.startsWith("[") || !list.endsWith("]")) {
      return Optional.empty();
    }
    List<String> tenants = new ArrayList<>();
    for (String group : list.substring(1, list.length() - 1).split(" ", -1)) {
      if (group.contains(prefix)) {
        tenants.add(group);
      }
    }
    return tenants.size() == 1 && tenants.getFirst().startsWith(prefix)
        ? Optional.of(tenants.getFirst().substring(prefix.length()))
        : Optional.empty();
  }

  private static Optional<TenantId> parsed(String name) {
    try {
      return Optional.of(new TenantId(name));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
