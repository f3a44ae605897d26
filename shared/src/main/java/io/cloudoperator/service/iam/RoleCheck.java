package io.cloudoperator.service.iam;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.policy.PolicyDocument;
import io.cloudoperator.policy.PolicyDocument.Statement;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.PermissionDrift.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Finds out in what our own role differs from {@code customer/audit-role.yaml}. The documents that
 * it reads stay here: only what differs is said.
 */
public final class RoleCheck {
  private final AwsClient iam;
  private final RequestedRole asked;
  private final Map<Kind, Integer> found = new EnumMap<>(Kind.class);

  private RoleCheck(AwsClient iam, RequestedRole asked) {
    this.iam = iam;
    this.asked = asked;
  }

  /**
   * Reads the role and all its policies.
   *
   * @throws SdkException if AWS refuses one of them
   */
  public static PermissionDrift read(AwsClient iam, RequestedRole asked) {
    RoleCheck check = new RoleCheck(iam, asked);
    check.role();
    check.attached();
    check.inline();
    List<Deviation> deviations = new ArrayList<>();
    check.found.forEach((kind, count) -> deviations.add(new Deviation(kind, count)));
    return new PermissionDrift(deviations);
  }

  private void role() {
    RoleReader.Role role =
        iam.read(IamOperations.GET_ROLE, Map.of(IamOperations.ROLE, asked.role().name()));
    new TrustPolicy(asked).deviations(role.trust()).forEach(this::found);
    if (role.boundary().isEmpty()) {
      found(Kind.BOUNDARY_MISSING);
    } else if (!role.boundary().equals(Optional.of(ofAws("ReadOnlyAccess")))) {
      found(Kind.BOUNDARY_REPLACED);
    }
  }

  private void attached() {
    List<String> attached =
        iam.list(
            IamOperations.LIST_ATTACHED_ROLE_POLICIES,
            Map.of(IamOperations.ROLE, asked.role().name()));
    if (!attached.contains(ofAws("SecurityAudit"))) {
      found(Kind.SECURITY_AUDIT_MISSING);
    }
    Set<String> powerful = Set.of(ofAws("AdministratorAccess"), ofAws("PowerUserAccess"));
    for (String policy : attached) {
      if (powerful.contains(policy)) {
        found(Kind.POWERFUL_POLICY_ATTACHED);
      } else if (!policy.equals(ofAws("SecurityAudit"))) {
        found(Kind.OTHER_POLICY_ATTACHED);
      }
    }
  }

  private void inline() {
    List<String> names =
        iam.list(IamOperations.LIST_ROLE_POLICIES, Map.of(IamOperations.ROLE, asked.role().name()));
    for (String name : names) {
      String document =
          iam.read(
              IamOperations.GET_ROLE_POLICY,
              Map.of(IamOperations.ROLE, asked.role().name(), IamOperations.POLICY, name));
      inline(document).forEach(this::found);
    }
  }

  /** What differs in one inline policy, each kind once. */
  private static Set<Kind> inline(String document) {
    return PolicyDocument.read(document)
        .map(RoleCheck::inline)
        .orElse(Set.of(Kind.INLINE_POLICY_NOT_UNDERSTOOD));
  }

  private static Set<Kind> inline(PolicyDocument policy) {
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
      } else if (statement.actions().stream().anyMatch(action -> !isAsked(action))) {
        kinds.add(Kind.INLINE_POLICY_GRANTS_MORE);
      }
    }
    return kinds;
  }

  /** Roles of before routing rules were read grant the first alone: that is no drift. */
  private static boolean isAsked(String action) {
    return Set.of("apigateway:get", "apigateway:listroutingrules")
        .contains(action.toLowerCase(Locale.ROOT));
  }

  private String ofAws(String policy) {
    return asked.role().partition().iamArn("aws", "policy/" + policy);
  }

  private void found(Kind kind) {
    found.merge(kind, 1, Integer::sum);
  }
}
