package io.cloudoperator.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.service.iam.RequestedRole;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What IAM and CloudTrail answer of an account whose role is as it was launched, until a test
 * changes it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html">GetRole</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html">DescribeTrails</a>
 */
public final class CannedAccount {
  public static final String EXTERNAL_ID = "cloudoperator-a+b/c=d_e.f@g:h,i-0123456789";
  public static final String ROOT = "arn:aws:iam::111122223333:root";
  public static final String BROKER_ROLES = "arn:aws:iam::111122223333:role/cloudoperator/broker/*";
  public static final RequestedRole ASKED =
      new RequestedRole(
          new RoleArn("arn:aws:iam::444455556666:role/audits/CloudOperatorAudit"),
          new ExternalId(EXTERNAL_ID),
          new AccountId("111122223333"),
          BROKER_ROLES);
  public static final String ASSUME = "\"Action\":\"sts:AssumeRole\"";
  public static final String OURS = principal("\"" + ROOT + "\"");
  public static final String CONDITION =
      condition(
          "\"StringEquals\":{\"sts:ExternalId\":\"%s\"},\"StringLike\":{\"aws:PrincipalArn\":\"%s\"}"
              .formatted(EXTERNAL_ID, BROKER_ROLES));
  public static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

  public String trust = policy(allow(OURS, ASSUME, CONDITION));
  public Optional<String> boundary = Optional.of(READ_ONLY);
  public List<String> attached = List.of("arn:aws:iam::aws:policy/SecurityAudit");
  public final Map<String, String> inline =
      new LinkedHashMap<>(
          Map.of("CloudOperatorAudit", policy(allow("\"Action\":[\"apigateway:GET\"]", ALL))));
  public String trails = trail("all", true, true);
  public final Map<String, Boolean> logging = new HashMap<>(Map.of("all", true));
  public final Map<String, Answer> refusals = new HashMap<>();

  public static final String ALL = "\"Resource\":\"*\"";

  public static String policy(String... statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  public static String allow(String... elements) {
    return "{\"Sid\":\"One\",\"Effect\":\"Allow\"," + String.join(",", elements) + "}";
  }

  public static String deny(String... elements) {
    return "{\"Effect\":\"Deny\"," + String.join(",", elements) + "}";
  }

  public static String principal(String aws) {
    return "\"Principal\":{\"AWS\":" + aws + "}";
  }

  public static String condition(String operators) {
    return "\"Condition\":{" + operators + "}";
  }

  public static String trail(String name, boolean allRegions, boolean validated) {
    return """
    {"Name":"%1$s","S3BucketName":"a-bucket","HomeRegion":"eu-west-1","TrailARN":"%2$s",\
    "IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":%3$s,"IsOrganizationTrail":false,\
    "LogFileValidationEnabled":%4$s,"HasCustomEventSelectors":false}\
    """
        .formatted(name, arn(name), allRegions, validated);
  }

  public static String arn(String trail) {
    return "arn:aws:cloudtrail:eu-west-1:444455556666:trail/" + trail;
  }

  public Answer answer(Asked asked) {
    String operation = operation(asked);
    if (refusals.containsKey(operation)) {
      return refusals.get(operation);
    }
    return Answer.ok(
        switch (operation) {
          case "GetRole" -> role();
          case "ListAttachedRolePolicies" -> list(asked, "AttachedPolicies", attached, "PolicyArn");
          case "ListRolePolicies" -> list(asked, "PolicyNames", List.copyOf(inline.keySet()), "");
          case "GetRolePolicy" -> inlinePolicy(asked.parameter("PolicyName"));
          case "DescribeTrails" -> "{\"trailList\":[" + trails + "]}";
          case "GetTrailStatus" -> status(asked.parameter(CannedAws.BODY));
          case "GetCallerIdentity" ->
              """
              <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\
              <GetCallerIdentityResult><Account>444455556666</Account></GetCallerIdentityResult>\
              </GetCallerIdentityResponse>\
              """;
          default -> throw new AssertionError(operation + " was not to be asked");
        });
  }

  public static String operation(Asked asked) {
    String target = asked.parameter(CannedAws.TARGET);
    return target.isEmpty()
        ? asked.parameter("Action")
        : target.substring(target.lastIndexOf('.') + 1);
  }

  private String role() {
    return """
    <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>\
    <Path>/audits/</Path><RoleName>CloudOperatorAudit</RoleName><RoleId>AROAEXAMPLE</RoleId>\
    <Arn>%s</Arn><CreateDate>2026-11-22T06:00:00Z</CreateDate>\
    <AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument>\
    <MaxSessionDuration>3600</MaxSessionDuration>%s\
    <RoleLastUsed><Region>us-east-1</Region></RoleLastUsed></Role></GetRoleResult>\
    <ResponseMetadata><RequestId>in-body</RequestId></ResponseMetadata></GetRoleResponse>\
    """
        .formatted(
            ASKED.role().value(),
            encoded(trust),
            boundary
                .map(arn ->
                    """
                    <PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>\
                    <PermissionsBoundaryArn>%s</PermissionsBoundaryArn></PermissionsBoundary>\
                    """
                        .formatted(arn))
                .orElse(""));
  }

  private String inlinePolicy(String name) {
    return """
    <GetRolePolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">\
    <GetRolePolicyResult><RoleName>CloudOperatorAudit</RoleName><PolicyName>%s</PolicyName>\
    <PolicyDocument>%s</PolicyDocument></GetRolePolicyResult></GetRolePolicyResponse>\
    """
        .formatted(name, encoded(inline.getOrDefault(name, "")));
  }

  /** One to a page, and an empty one first. */
  private static String list(Asked asked, String items, List<String> all, String child) {
    int page =
        asked.parameter("Marker").isEmpty() ? 0 : Integer.parseInt(asked.parameter("Marker"));
    String shown =
        all.stream()
            .skip(Math.max(page - 1, 0))
            .limit(page == 0 ? 0 : 1)
            .map(text ->
                child.isEmpty()
                    ? "<member>" + text + "</member>"
                    : "<member><PolicyName>some</PolicyName><%1$s>%2$s</%1$s></member>"
                        .formatted(child, text))
            .collect(joining());
    boolean more = page < all.size();
    String operation = asked.parameter("Action");
    return """
    <%1$sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><%1$sResult>\
    <%2$s>%3$s</%2$s><IsTruncated>%4$s</IsTruncated>%5$s</%1$sResult></%1$sResponse>\
    """
        .formatted(
            operation, items, shown, more, more ? "<Marker>" + (page + 1) + "</Marker>" : "");
  }

  private String status(String body) {
    for (Map.Entry<String, Boolean> trail : logging.entrySet()) {
      if (body.equals("{\"Name\":\"" + arn(trail.getKey()) + "\"}")) {
        return "{\"IsLogging\":%s,\"LatestDeliveryTime\":1.7E9}".formatted(trail.getValue());
      }
    }
    throw new AssertionError(body + " names no trail");
  }

  // As IAM encodes: RFC 3986.
  private static String encoded(String document) {
    return URLEncoder.encode(document, UTF_8).replace("+", "%20");
  }
}
