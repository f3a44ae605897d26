package io.cloudoperator.service.iam;

import io.cloudoperator.connection.Tier;
import io.cloudoperator.policy.PolicyDocument;
import io.cloudoperator.policy.PolicyDocument.Statement;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.PermissionDrift.Kind;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.Manifest.Granted;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out in what our own role differs from {@code customer/audit-role.yaml}. */
public final class RoleRules {
  // Beside AWS's own managed policies, those that can do nearly everything.
  private static final Set<String> POWERFUL = Set.of("AdministratorAccess", "PowerUserAccess");

  private final RequestedRole asked;
  private final Granted granted = Manifest.granted(Tier.AUDIT);

  public RoleRules(RequestedRole asked) {
    this.asked = asked;
  }

  /** What differs, and how often. */
  public PermissionDrift drift(RoleFacts role) {
    Map<Kind, Integer> found = new EnumMap<>(Kind.class);
    Stream.of(
            new TrustRules(asked).deviations(role.trust()).stream(),
            boundary(role.boundary()).stream(),
            attached(role.attached()),
            role.inline().stream().flatMap(document -> inline(document).stream()))
        .flatMap(kinds -> kinds)
        .forEach(kind -> found.merge(kind, 1, Integer::sum));
    return new PermissionDrift(
        found.entrySet().stream()
            .map(kind -> new Deviation(kind.getKey(), kind.getValue()))
            .toList());
  }

  private Optional<Kind> boundary(Optional<String> boundary) {
    if (boundary.isEmpty()) {
      return Optional.of(Kind.BOUNDARY_MISSING);
    }
    return boundary.equals(granted.boundary().map(this::ofAws))
        ? Optional.empty()
        : Optional.of(Kind.BOUNDARY_REPLACED);
  }

  private Stream<Kind> attached(List<String> attached) {
    List<String> asked = granted.managedPolicies().stream().map(this::ofAws).toList();
    List<String> powerful = POWERFUL.stream().map(this::ofAws).toList();
    return Stream.concat(
        attached.containsAll(asked) ? Stream.empty() : Stream.of(Kind.SECURITY_AUDIT_MISSING),
        attached.stream()
            .filter(policy -> !asked.contains(policy))
            .map(policy ->
                powerful.contains(policy)
                    ? Kind.POWERFUL_POLICY_ATTACHED
                    : Kind.OTHER_POLICY_ATTACHED));
  }

  /** What differs in one inline policy, each kind once. */
  private Set<Kind> inline(String document) {
    return PolicyDocument.read(document)
        .map(this::inline)
        .orElse(Set.of(Kind.INLINE_POLICY_NOT_UNDERSTOOD));
  }

  private Set<Kind> inline(PolicyDocument policy) {
    Set<Kind> kinds = new HashSet<>();
    if (!policy.understood()) {
      kinds.add(Kind.INLINE_POLICY_NOT_UNDERSTOOD);
    }
    for (Statement statement : policy.statements()) {
      if (statement.denies()) {
        continue;
      }
      if (!statement.understood()) {
        kinds.add(Kind.INLINE_POLICY_NOT_UNDERSTOOD);
      } else if (!statement.actions().stream().allMatch(this::isAsked)) {
        kinds.add(Kind.INLINE_POLICY_GRANTS_MORE);
      }
    }
    return kinds;
  }

  /** A role of an earlier release grants fewer: that is no drift. */
  private boolean isAsked(String action) {
    return granted.actions().stream().anyMatch(action::equalsIgnoreCase);
  }

  private String ofAws(String policy) {
    return asked.role().partition().iamArn("aws", "policy/" + policy);
  }
}
