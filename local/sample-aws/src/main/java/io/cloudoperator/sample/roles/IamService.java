package io.cloudoperator.sample.roles;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.ManagedPolicies;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.Role;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.Xml;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * IAM: what can be read of a role. A role's inline policies have its name, for the sample keeps
 * none.
 */
public final class IamService extends Service {

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
  private static final Paging.Rules PAGES =
      new Paging.Rules("MaxItems", 1, 1000, 1000, 100, "Marker", IamService::invalid);

  private static final Set<String> PAGED = Set.of("Marker", "MaxItems");

  private final IamDirectory directory;

  public IamService(IamDirectory directory) {
    super("iam", Protocol.QUERY, "2010-05-08");
    this.directory = directory;
  }

  /** An inline policy. */
  private record Inline(String name, Policy policy) {}

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
        Operation.query("GetRole", this::role).asking(),
        Operation.query("ListAttachedRolePolicies", this::attached).asking(),
        Operation.query("ListRolePolicies", this::inline).asking(),
        Operation.query("GetRolePolicy", this::policy).asking());
  }

  /** The role that is asked about, if the caller may ask. */
  private Role role(ServiceCall call, Set<String> more) {
    Set<String> known = new HashSet<>(Set.of("Action", "Version", "RoleName"));
    known.addAll(more);
    call.params().onlyKnown(known, IamService::invalid);
    String name = call.params().get("RoleName").orElse("");
    if (!name.matches("[\\w+=,.@-]{1,64}")) {
      throw invalid("The specified value for roleName is invalid.");
    }
    String account = call.caller().accountId();
    Optional<Role> role =
        directory.roles().stream()
            .filter(each -> each.accountId().equals(account) && each.name().equals(name))
            .findFirst();
    call.require(call.action(), role.map(Role::arn).orElse(call.roleArn(name)));
    return role.orElseThrow(() -> noSuchEntity("The role with name %s cannot be found.", name));
  }

  private void role(ServiceCall call, Xml xml) {
    Role role = role(call, Set.of());
    xml.open("Role").leaf("Path", path(role)).leaf("RoleName", role.name());
    xml.leaf("RoleId", role.id()).leaf("Arn", role.arn());
    xml.leaf("CreateDate", "2026-01-01T00:00:00Z");
    xml.leaf("AssumeRolePolicyDocument", encoded(role.trust()));
    xml.leaf("MaxSessionDuration", role.maxSession().toSeconds());
    role.boundary()
        .ifPresent(policy -> {
          String own = "arn:aws:iam::%s:policy/Boundary".formatted(role.accountId());
          xml.open("PermissionsBoundary").leaf("PermissionsBoundaryType", "Policy");
          xml.leaf("PermissionsBoundaryArn", ManagedPolicies.arn(policy).orElse(own)).close();
        });
    xml.close();
  }

  private static String path(Role role) {
    String resource = role.arn().split(":", 6)[5];
    return resource.substring("role".length(), resource.length() - role.name().length());
  }

  private void attached(ServiceCall call, Xml xml) {
    List<String> arns =
        role(call, PAGED).permissions().stream()
            .flatMap(policy -> ManagedPolicies.arn(policy).stream())
            .toList();
    Paging.Page<String> page = call.page(arns, PAGES, "RoleName");
    xml.list(
        "AttachedPolicies",
        "member",
        page.items(),
        arn -> {
          xml.leaf("PolicyName", arn.substring(arn.lastIndexOf('/') + 1)).leaf("PolicyArn", arn);
        });
    next(page, xml);
  }

  private void inline(ServiceCall call, Xml xml) {
    List<String> names = inlineOf(role(call, PAGED)).stream().map(Inline::name).toList();
    Paging.Page<String> page = call.page(names, PAGES, "RoleName");
    xml.open("PolicyNames");
    page.items().forEach(name -> xml.leaf("member", name));
    next(page, xml.close());
  }

  private static void next(Paging.Page<?> page, Xml xml) {
    xml.leaf("IsTruncated", page.next().isPresent()).leaf("Marker", page.next());
  }

  private void policy(ServiceCall call, Xml xml) {
    Role role = role(call, Set.of("PolicyName"));
    String name = call.params().get("PolicyName").orElse("");
    Inline inline =
        inlineOf(role).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> noSuchEntity("The role policy with name %s cannot be found.", name));
    xml.leaf("RoleName", role.name()).leaf("PolicyName", name);
    xml.leaf("PolicyDocument", encoded(inline.policy()));
  }

  private static List<Inline> inlineOf(Role role) {
    List<Inline> inline = new ArrayList<>();
    for (Policy policy : role.permissions()) {
      if (ManagedPolicies.arn(policy).isEmpty()) {
        String number = inline.isEmpty() ? "" : "-" + (inline.size() + 1);
        inline.add(new Inline(role.name() + number, policy));
      }
    }
    return inline;
  }

  // By RFC 3986, as IAM does.
  private static String encoded(Policy policy) {
    return URLEncoder.encode(policy.json(), UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static AwsError noSuchEntity(String sentence, String name) {
    return new AwsError(404, "NoSuchEntity", sentence.formatted(name));
  }

  private static AwsError invalid(String message) {
    return new AwsError(400, "ValidationError", message);
  }
}
