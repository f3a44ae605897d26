package io.cloudoperator.sample.roles;

import static io.cloudoperator.sample.wire.Xml.escape;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.ManagedPolicies;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.Role;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Permission;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * IAM in the query protocol, version 2010-05-08, signed for us-east-1: what can be read of a role.
 * Other calls are authorized and then refused. A role's inline policies have its name, for the
 * sample keeps none.
 */
public final class IamService implements Service {

  private static final String VERSION = "2010-05-08";

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
  private static final int MOST = 1000;

  private final IamDirectory directory;
  private final Paging paging;

  public IamService(IamDirectory directory, Paging paging) {
    this.directory = directory;
    this.paging = paging;
  }

  /** An inline policy. */
  private record Inline(String name, Policy policy) {}

  @Override
  public ServiceName name() {
    return ServiceName.IAM;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    Params params = Params.parse(request.rawQuery(), request.bodyText());
    String action =
        params
            .get("Action")
            .orElseThrow(() -> new AwsError(400, "MissingAction", "Action is missing"));
    if (!params.get("Version").orElse("").equals(VERSION)) {
      throw noSuchOperation(action, params.get("Version").orElse(""));
    }
    return new Call.Operation(action, params);
  }

  @Override
  public Reply answer(Call call) {
    if (!call.region().equals("us-east-1")) {
      throw new AwsError(
          403,
          "SignatureDoesNotMatch",
          "Credential should be scoped to a valid region, not '%s'. ".formatted(call.region()));
    }
    return switch (call.action()) {
      case "GetRole" -> role(call, role(call, Set.of()));
      case "ListAttachedRolePolicies" -> attached(call);
      case "ListRolePolicies" -> inline(call);
      case "GetRolePolicy" -> policy(call);
      default -> {
        Permission.require(call, "iam:" + call.action(), "*", "AccessDenied");
        throw noSuchOperation(call.action(), VERSION);
      }
    };
  }

  /** The role that is asked about, if the caller may ask. */
  private Role role(Call call, Set<String> more) {
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
    Permission.require(
        call,
        "iam:" + call.action(),
        role.map(Role::arn).orElse("arn:aws:iam::%s:role/%s".formatted(account, name)),
        "AccessDenied");
    return role.orElseThrow(() -> noSuchEntity("The role with name %s cannot be found.", name));
  }

  private static Reply role(Call call, Role role) {
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
    return result(
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

  private Reply attached(Call call) {
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

  private Reply inline(Call call) {
    Role role = role(call, Set.of("Marker", "MaxItems"));
    return list(
        call,
        "PolicyNames",
        inlineOf(role).stream().map(Inline::name).toList(),
        name -> escape(name));
  }

  private Reply policy(Call call) {
    Role role = role(call, Set.of("PolicyName"));
    String name = call.params().get("PolicyName").orElse("");
    Inline inline =
        inlineOf(role).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> noSuchEntity("The role policy with name %s cannot be found.", name));
    return result(
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

  private Reply list(Call call, String items, List<String> all, Function<String, String> form) {
    Paging.Page<String> page =
        paging.page(
            all,
            call.caller().accountId() + "/" + call.params().get("RoleName").orElse("") + items,
            call.params().get("Marker"),
            call.params().number("MaxItems", 1, MOST, 100, () -> invalid("MaxItems is invalid.")),
            () -> invalid("Invalid Marker."));
    StringBuilder xml = new StringBuilder("<" + items + ">");
    page.items().forEach(item -> xml.append("<member>" + form.apply(item) + "</member>"));
    xml.append("</" + items + "><IsTruncated>" + page.next().isPresent() + "</IsTruncated>");
    page.next().ifPresent(next -> xml.append("<Marker>" + next + "</Marker>"));
    return result(call, xml.append('\n').toString());
  }

  private static Reply result(Call call, String content) {
    return Reply.of(
        200,
        "text/xml",
        """
        <%1$sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
        <%1$sResult>
        %2$s</%1$sResult>
        <ResponseMetadata><RequestId>%3$s</RequestId></ResponseMetadata>
        </%1$sResponse>
        """
            .formatted(call.action(), content, call.requestId()));
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

  private static AwsError noSuchOperation(String action, String version) {
    return new AwsError(
        400,
        "InvalidAction",
        "Could not find operation %s for version %s".formatted(action, version));
  }
}
