package io.cloudoperator.sample.iam;

import java.util.List;

/**
 * Evaluates policies as IAM does.
 *
 * <p>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
public final class Evaluation {

  private static final Decision ALLOW = new Decision.Allow();

  private Evaluation() {}

  /** What SCPs, permission policies, permissions boundary and session policy together say. */
  public static Decision ofIdentity(Caller caller, AccessRequest request) {
    if (denied(caller.serviceControl(), request)) {
      return new Decision.ExplicitDeny(PolicyKind.SERVICE_CONTROL);
    }
    if (denied(caller.permissions(), request)) {
      return new Decision.ExplicitDeny(PolicyKind.IDENTITY);
    }
    if (caller.boundary().isPresent() && caller.boundary().get().denies(request)) {
      return new Decision.ExplicitDeny(PolicyKind.BOUNDARY);
    }
    if (caller.session().isPresent() && caller.session().get().denies(request)) {
      return new Decision.ExplicitDeny(PolicyKind.SESSION);
    }
    if (caller.serviceControl().stream().noneMatch(policy -> policy.allows(request))) {
      return new Decision.ImplicitDeny(PolicyKind.SERVICE_CONTROL);
    }
    if (caller.permissions().stream().noneMatch(policy -> policy.allows(request))) {
      return new Decision.ImplicitDeny(PolicyKind.IDENTITY);
    }
    if (caller.boundary().isPresent() && !caller.boundary().get().allows(request)) {
      return new Decision.ImplicitDeny(PolicyKind.BOUNDARY);
    }
    if (caller.session().isPresent() && !caller.session().get().allows(request)) {
      return new Decision.ImplicitDeny(PolicyKind.SESSION);
    }
    return ALLOW;
  }

  /**
   * Whether {@code caller} may do {@code actions} (AssumeRole, and what its parameters need
   * besides) on {@code role}: the trust policy must allow it and so must, across accounts or where
   * the trust is in the account as a whole, the caller's own policies. Within the account a trust
   * in the caller's role needs no permission of it, but still its boundary and session policy; one
   * in the user or session itself not these either.
   *
   * <p>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
   */
  public static Decision ofTrust(
      Role role, Caller caller, List<String> actions, AccessRequest request) {
    for (String action : actions) {
      Decision decision = ofTrust(role, caller, request.forAction(action));
      if (!decision.allowed()) {
        return decision;
      }
    }
    return ALLOW;
  }

  private static Decision ofTrust(Role role, Caller caller, AccessRequest request) {
    PrincipalPattern.Match allowed = PrincipalPattern.Match.NONE;
    for (Statement statement : role.trust().statements()) {
      PrincipalPattern.Match match = statement.principal().orElseThrow().match(caller);
      if (match == PrincipalPattern.Match.NONE || !statement.appliesTo(request)) {
        continue;
      }
      if (!statement.allow()) {
        return new Decision.ExplicitDeny(PolicyKind.TRUST);
      }
      if (match.compareTo(allowed) > 0) {
        allowed = match;
      }
    }
    if (allowed == PrincipalPattern.Match.NONE) {
      return new Decision.ImplicitDeny(PolicyKind.TRUST);
    }
    Decision own = ofIdentity(caller, request);
    if (!(own instanceof Decision.ImplicitDeny) || !role.accountId().equals(caller.accountId())) {
      return own;
    }
    return switch (allowed) {
      case NONE, ACCOUNT -> own;
      case ROLE -> ofIdentity(caller.permitted(), request);
      case SELF -> ofIdentity(caller.permitted().unlimited(), request);
    };
  }

  private static boolean denied(List<Policy> policies, AccessRequest request) {
    return policies.stream().anyMatch(policy -> policy.denies(request));
  }
}
