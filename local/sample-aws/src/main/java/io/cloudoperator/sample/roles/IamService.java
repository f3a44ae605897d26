package io.cloudoperator.sample.roles;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.ManagedPolicies;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyException;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.Xml;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** IAM: roles, as their owner makes, reads and deletes them, with the policies that they have. */
public final class IamService extends Service {

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
  private static final Paging.Rules PAGES =
      new Paging.Rules("MaxItems", 1, 1000, 1000, 100, "Marker", IamService::invalid);

  private static final Set<String> PAGED = Set.of("Marker", "MaxItems");
  private static final String NAME = "PolicyName";
  private static final String ARN = "PolicyArn";
  private static final String DOCUMENT = "PolicyDocument";
  private static final String TRUST = "AssumeRolePolicyDocument";
  private static final String BOUNDARY = "PermissionsBoundary";
  private static final String NO_POLICY = "The role policy with name %s cannot be found.";

  private final IamDirectory directory;
  private final Runnable changed;

  /**
   * @param changed is run after each change
   */
  public IamService(IamDirectory directory, Runnable changed) {
    super("iam", Protocol.QUERY, "2010-05-08");
    this.directory = directory;
    this.changed = changed;
  }

  @Override
  public String namespace() {
    return "https://iam.amazonaws.com/doc/2010-05-08/";
  }

  @Override
  public boolean global() {
    return true;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.query("CreateRole", this::create).asking(),
        Operation.query("GetRole", this::role).asking(),
        Operation.command("DeleteRole", this::delete).asking(),
        Operation.query("ListAttachedRolePolicies", this::attached).asking(),
        Operation.command("AttachRolePolicy", this::attach).asking(),
        Operation.command("DetachRolePolicy", this::detach).asking(),
        Operation.query("ListRolePolicies", this::inline).asking(),
        Operation.query("GetRolePolicy", this::policy).asking(),
        Operation.command("PutRolePolicy", this::putPolicy).asking(),
        Operation.command("DeleteRolePolicy", this::deletePolicy).asking());
  }

  /** The role that is asked about, if the caller may ask. */
  private Role role(ServiceCall call, Set<String> more) {
    return find(call, more)
        .orElseThrow(
            () -> noSuchEntity("The role with name %s cannot be found.", text(call, "RoleName")));
  }

  private Optional<Role> find(ServiceCall call, Set<String> more) {
    Set<String> known = new HashSet<>(Set.of("Action", "Version", "RoleName"));
    known.addAll(more);
    call.params().onlyKnown(known, IamService::invalid);
    String name = text(call, "RoleName");
    if (!name.matches("[\\w+=,.@-]{1,64}")) {
      throw invalid("The specified value for roleName is invalid.");
    }
    String account = call.caller().accountId();
    Optional<Role> role =
        directory.roles().stream()
            .filter(each -> each.accountId().equals(account) && each.name().equals(name))
            .findFirst();
    call.require(call.action(), role.map(Role::arn).orElse(call.roleArn(name)));
    return role;
  }

  private synchronized void create(ServiceCall call, Xml xml) {
    String name = text(call, "RoleName");
    if (find(call, Set.of(TRUST, BOUNDARY)).isPresent()) {
      throw new AwsError(
          409, "EntityAlreadyExists", "Role with name %s already exists.".formatted(name));
    }
    Role role =
        Role.of(
            call.roleArn(name),
            document(call, TRUST, PolicyKind.TRUST),
            call.params().get(BOUNDARY).map(arn -> managed(arn, PolicyKind.BOUNDARY)));
    keep(role);
    describe(role, xml);
  }

  private void role(ServiceCall call, Xml xml) {
    describe(role(call, Set.of()), xml);
  }

  private static void describe(Role role, Xml xml) {
    xml.open("Role").leaf("Path", path(role)).leaf("RoleName", role.name());
    xml.leaf("RoleId", role.id()).leaf("Arn", role.arn());
    xml.leaf("CreateDate", "2026-01-01T00:00:00Z");
    xml.leaf(TRUST, encoded(role.trust()));
    xml.leaf("MaxSessionDuration", role.maxSession().toSeconds());
    role.boundary()
        .ifPresent(policy -> {
          String own = "arn:aws:iam::%s:policy/Boundary".formatted(role.accountId());
          xml.open(BOUNDARY).leaf("PermissionsBoundaryType", "Policy");
          xml.leaf("PermissionsBoundaryArn", ManagedPolicies.arn(policy).orElse(own)).close();
        });
    xml.close();
  }

  private static String path(Role role) {
    String resource = role.arn().split(":", 6)[5];
    return resource.substring("role".length(), resource.length() - role.name().length());
  }

  /** A boundary does not keep a role from being deleted; what is attached does. */
  private synchronized void delete(ServiceCall call) {
    Role role = role(call, Set.of());
    // Which of the two AWS names first, it does not say.
    if (role.policies().keySet().stream().anyMatch(Role::managed)) {
      throw conflict("Cannot delete entity, must detach all policies first.");
    }
    if (!role.policies().isEmpty()) {
      throw conflict("Cannot delete entity, must delete policies first.");
    }
    directory.deleteRole(role.arn());
    changed.run();
  }

  private void attached(ServiceCall call, Xml xml) {
    List<String> arns =
        role(call, PAGED).policies().keySet().stream().filter(Role::managed).toList();
    Paging.Page<String> page = call.page(arns, PAGES, "RoleName");
    xml.list(
        "AttachedPolicies",
        "member",
        page.items(),
        arn -> xml.leaf(NAME, arn.substring(arn.lastIndexOf('/') + 1)).leaf(ARN, arn));
    next(page, xml);
  }

  private void attach(ServiceCall call) {
    String arn = text(call, ARN);
    change(call, Set.of(ARN), role -> role.with(arn, managed(arn, PolicyKind.IDENTITY)));
  }

  private void detach(ServiceCall call) {
    change(call, Set.of(ARN), role -> without(role, text(call, ARN), "Policy %s was not found."));
  }

  private void inline(ServiceCall call, Xml xml) {
    List<String> names =
        role(call, PAGED).policies().keySet().stream().filter(name -> !Role.managed(name)).toList();
    Paging.Page<String> page = call.page(names, PAGES, "RoleName");
    xml.open("PolicyNames");
    page.items().forEach(name -> xml.leaf("member", name));
    next(page, xml.close());
  }

  private static void next(Paging.Page<?> page, Xml xml) {
    xml.leaf("IsTruncated", page.next().isPresent()).leaf("Marker", page.next());
  }

  private void policy(ServiceCall call, Xml xml) {
    Role role = role(call, Set.of(NAME));
    String name = policyName(call);
    Policy policy = role.policies().get(name);
    if (policy == null) {
      throw noSuchEntity(NO_POLICY, name);
    }
    xml.leaf("RoleName", role.name()).leaf(NAME, name).leaf(DOCUMENT, encoded(policy));
  }

  private void putPolicy(ServiceCall call) {
    change(
        call,
        Set.of(NAME, DOCUMENT),
        role -> role.with(policyName(call), document(call, DOCUMENT, PolicyKind.IDENTITY)));
  }

  private void deletePolicy(ServiceCall call) {
    change(call, Set.of(NAME), role -> without(role, policyName(call), NO_POLICY));
  }

  private synchronized void change(ServiceCall call, Set<String> more, UnaryOperator<Role> change) {
    keep(change.apply(role(call, more)));
  }

  private void keep(Role role) {
    directory.put(role);
    changed.run();
  }

  private static Role without(Role role, String policy, String absent) {
    if (!role.policies().containsKey(policy)) {
      throw noSuchEntity(absent, policy);
    }
    return role.without(policy);
  }

  private static String text(ServiceCall call, String parameter) {
    return call.params().get(parameter).orElse("");
  }

  private static String policyName(ServiceCall call) {
    String name = text(call, NAME);
    if (!name.matches("[\\w+=,.@-]{1,128}")) {
      throw invalid("The specified value for policyName is invalid.");
    }
    return name;
  }

  private static Policy document(ServiceCall call, String parameter, PolicyKind kind) {
    try {
      return Policy.parse(text(call, parameter), kind);
    } catch (PolicyException e) {
      throw new AwsError(400, "MalformedPolicyDocument", String.valueOf(e.getMessage()));
    }
  }

  private static Policy managed(String arn, PolicyKind kind) {
    try {
      return ManagedPolicies.read(arn, kind);
    } catch (PolicyException _) {
      throw noSuchEntity("Policy %s does not exist or is not attachable.", arn);
    }
  }

  // By RFC 3986, as IAM does.
  private static String encoded(Policy policy) {
    return URLEncoder.encode(policy.json(), UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static AwsError conflict(String message) {
    return new AwsError(409, "DeleteConflict", message);
  }

  private static AwsError noSuchEntity(String sentence, String name) {
    return new AwsError(404, "NoSuchEntity", sentence.formatted(name));
  }

  private static AwsError invalid(String message) {
    return new AwsError(400, "ValidationError", message);
  }
}
