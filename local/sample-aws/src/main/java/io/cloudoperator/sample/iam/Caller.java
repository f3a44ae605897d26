package io.cloudoperator.sample.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who made a request, with every policy that has a say in it.
 *
 * @param arn of the user or of the assumed-role session
 * @param principalArn of the user or of the role: the value of {@code aws:PrincipalArn}
 * @param userId as GetCallerIdentity answers it
 * @param serviceControl the account's SCPs; one of them must allow
 * @param permissions the identity-based policies; one must allow
 * @param boundary the permissions boundary of the role; it must allow, too
 * @param session the policy passed to AssumeRole
 * @param roleSession whether a role is assumed, so that assuming another is chaining
 * @param issued when its access key was; absent if that is not known, or is no session's
 */
public record Caller(
    String accountId,
    String arn,
    String principalArn,
    String userId,
    List<Policy> serviceControl,
    List<Policy> permissions,
    Optional<Policy> boundary,
    Optional<Policy> session,
    boolean roleSession,
    Optional<Instant> issued) {

  public Caller {
    serviceControl = List.copyOf(serviceControl);
    permissions = List.copyOf(permissions);
  }

  /** The same caller, whom its own permission policies allow everything. */
  Caller permitted() {
    return new Caller(
        accountId,
        arn,
        principalArn,
        userId,
        serviceControl,
        List.of(Policy.ALLOWS_ALL),
        boundary,
        session,
        roleSession,
        issued);
  }

  /** The same caller without boundary and session policy. */
  Caller unlimited() {
    return new Caller(
        accountId,
        arn,
        principalArn,
        userId,
        serviceControl,
        permissions,
        Optional.empty(),
        Optional.empty(),
        roleSession,
        issued);
  }
}
