package io.cloudoperator.sample.roles;

import static io.cloudoperator.sample.wire.XmlText.escape;
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
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.XmlText;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * IAM: what can be read of a role. A role's inline policies have its name, for the sample keeps
 * none.
 */
public final class IamService extends Service {

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
  private static final Paging.Rules PAGES =
      new Paging.Rules("MaxItems", 1, 1000, 1000, 100, "Marker", IamService::invalid);

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
        Operation.named("GetRole", call -> role(call, role(call, Set.of()))).asking(),
        Operation.named("ListAttachedRolePolicies", this::attached).asking(),
        Operation.named("ListRolePolicies", this::inline).asking(),
        Operation.named("GetRolePolicy", this::policy).asking());
  }

  /** The role that is asked about, if the caller may ask. */
  private Role role(ServiceCall call, Set<String> more) {
    Set<String> known = new HashSet<>(Set.of("Action", "Version", "RoleName"));
    known.addAll(more);
    call.params()
        .onlyKnown(known, name -> invalid("The sample AWS does not support the parameter " + name));
    String name = call.params().get("RoleName").orElse("");
    if (!name.matches("[\\w+=,.@-]{1,64}")) {
      throw invalid("The specified value for roleName is invalid.");
    }
    String account = call.caller().accountId();
    Optional<Role> role =
        directory.roles().stream()
            .filter(each -> each.accountId().equals(account) && each.name().equals(name))
            .findFirst();
    call.require(
        call.action(),
        role.map(Role::arn).orElse("arn:aws:iam::%s:role/%s".formatted(account, name)));
    return role.orElseThrow(() -> noSuchEntity("The role with name %s cannot be found.", name));
  }

  private static WireResponse role(ServiceCall call, Role role) {
    String boundary =
        role.boundary()
            .map(policy ->
                """
                <PermissionsBoundary>
                  <PermissionsBoundaryType>Policy</PermissionsBoundaryType>
                  <PermissionsBoundaryArn>%s</PermissionsBoundaryArn>
                </PermissionsBoundary>
                """
                    .formatted(
                        escape(
                            ManagedPolicies.arn(policy)
                                .orElse(
                                    "arn:aws:iam::%s:policy/Boundary"
                                        .formatted(role.accountId())))))
            .orElse("");
    return XmlText.result(
        call,
        """
        <Role>
          <Path>%s</Path>
          <RoleName>%s</RoleName>
          <RoleId>%s</RoleId>
          <Arn>%s</Arn>
          <CreateDate>2026-01-01T00:00:00Z</CreateDate>
          <AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument>
          <MaxSessionDuration>%d</MaxSessionDuration>
          %s
        </Role>
        """
            .formatted(
                escape(path(role)),
                escape(role.name()),
                role.id(),
                escape(role.arn()),
                encoded(role.trust()),
                role.maxSession().toSeconds(),
                boundary));
  }

  private static String path(Role role) {
    String resource = role.arn().split(":", 6)[5];
    return resource.substring("role".length(), resource.length() - role.name().length());
  }

  private WireResponse attached(ServiceCall call) {
    Role role = role(call, Set.of("Marker", "MaxItems"));
    List<String> arns =
        role.permissions().stream()
            .flatMap(policy -> ManagedPolicies.arn(policy).stream())
            .toList();
    return list(
        call,
        "AttachedPolicies",
        arns,
        arn ->
            "<PolicyName>%s</PolicyName><PolicyArn>%s</PolicyArn>"
                .formatted(arn.substring(arn.lastIndexOf('/') + 1), arn));
  }

  private WireResponse inline(ServiceCall call) {
    Role role = role(call, Set.of("Marker", "MaxItems"));
    return list(
        call,
        "PolicyNames",
        inlineOf(role).stream().map(Inline::name).toList(),
        name -> escape(name));
  }

  private WireResponse policy(ServiceCall call) {
    Role role = role(call, Set.of("PolicyName"));
    String name = call.params().get("PolicyName").orElse("");
    Inline inline =
        inlineOf(role).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> noSuchEntity("The role policy with name %s cannot be found.", name));
    return XmlText.result(
        call,
        """
        <RoleName>%s</RoleName>
        <PolicyName>%s</PolicyName>
        <PolicyDocument>%s</PolicyDocument>
        """
            .formatted(escape(role.name()), escape(name), encoded(inline.policy())));
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

  private static WireResponse list(
      ServiceCall call, String items, List<String> all, Function<String, String> form) {
    Paging.Page<String> page = call.page(all, PAGES, "RoleName");
    StringBuilder xml = new StringBuilder("<" + items + ">");
    page.items().forEach(item -> xml.append("<member>" + form.apply(item) + "</member>"));
    xml.append("</" + items + "><IsTruncated>" + page.next().isPresent() + "</IsTruncated>");
    page.next().ifPresent(next -> xml.append("<Marker>" + next + "</Marker>"));
    return XmlText.result(call, xml.append('\n').toString());
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
