package io.cloudoperator.sample.iam;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All roles, credentials and service control policies, of every account. Safe for threads. */
public final class IamDirectory {

  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final Map<String, Credential> credentials = new ConcurrentHashMap<>();
  private final Map<String, Policy> serviceControl = new ConcurrentHashMap<>();

  public void put(Role role) {
    roles.put(role.arn(), role);
  }

  public Optional<Role> role(String arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  /** Forgets a role; its sessions are invalid from now on. Returns whether it was there. */
  public boolean deleteRole(String arn) {
    return roles.remove(arn) != null;
  }

  public Collection<Role> roles() {
    return List.copyOf(roles.values());
  }

  public void put(Credential credential) {
    credentials.put(credential.accessKeyId(), credential);
  }

  public Optional<Credential> credential(String accessKeyId) {
    return Optional.ofNullable(credentials.get(accessKeyId));
  }

  public Collection<Credential> credentials() {
    return List.copyOf(credentials.values());
  }

  /** Forgets credentials that expired before {@code then}. */
  public void forgetExpiredBefore(Instant then) {
    credentials
        .values()
        .removeIf(each -> each.expiration().isPresent() && each.expiration().get().isBefore(then));
  }

  /** Attaches one service control policy to an account, besides FullAWSAccess. */
  public void attachServiceControlPolicy(String accountId, Policy policy) {
    serviceControl.put(accountId, policy);
  }

  public void detachServiceControlPolicy(String accountId) {
    serviceControl.remove(accountId);
  }

  /** The caller behind a credential; empty when its role is gone. */
  public Optional<Caller> caller(Credential credential) {
    return switch (credential.holder()) {
      case Credential.User user -> Optional.of(caller(user));
      case Credential.RoleSession session ->
          role(session.roleArn())
              .filter(role -> role.id().equals(session.roleId()))
              .map(role -> caller(role, session));
    };
  }

  private Caller caller(Credential.User user) {
    String account = user.arn().split(":", 6)[4];
    return new Caller(
        account,
        user.arn(),
        user.arn(),
        user.id(),
        serviceControl(account),
        List.of(user.permissions()),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private Caller caller(Role role, Credential.RoleSession session) {
    return new Caller(
        role.accountId(),
        "arn:aws:sts::%s:assumed-role/%s/%s"
            .formatted(role.accountId(), role.name(), session.sessionName()),
        role.arn(),
        role.id() + ":" + session.sessionName(),
        serviceControl(role.accountId()),
        role.permissions(),
        role.boundary(),
        session.policy(),
        true,
        session.issued());
  }

  private List<Policy> serviceControl(String accountId) {
    Policy attached = serviceControl.get(accountId);
    return attached == null ? List.of(Policy.ALLOWS_ALL) : List.of(Policy.ALLOWS_ALL, attached);
  }
}
