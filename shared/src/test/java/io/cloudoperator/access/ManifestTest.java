package io.cloudoperator.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.access.Manifest.Permission;
import io.cloudoperator.connection.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestTest {
  // What these two allow of the services that are read, in 2026:
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ReadOnlyAccess.html
  // Nobody needs to be allowed sts:GetCallerIdentity, and nobody can be denied it:
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  private static final Map<String, List<String>> PARTS =
      Map.of(
          "SecurityAudit",
          List.of(
              "sts:GetCallerIdentity",
              "ec2:Describe*",
              "s3:ListAllMyBuckets",
              "lambda:List*",
              "appsync:List*",
              "elasticloadbalancing:Describe*",
              "cloudfront:List*",
              "cloudtrail:DescribeTrails",
              "cloudtrail:GetTrailStatus",
              "cloudtrail:LookupEvents",
              "iam:Get*",
              "iam:List*"),
          "ReadOnlyAccess",
          List.of(
              "sts:GetCallerIdentity",
              "ec2:Describe*",
              "s3:List*",
              "apigateway:GET",
              "lambda:List*",
              "appsync:List*",
              "elasticloadbalancing:Describe*",
              "cloudfront:List*",
              "cloudtrail:Describe*",
              "cloudtrail:Get*",
              "cloudtrail:LookupEvents",
              "iam:Get*",
              "iam:List*"));

  // Customers see it in CloudTrail, and docs quote it: a change is a decision.
  // Customers see it in CloudTrail, and docs quote it: a change is a decision.
  @Test
  void limitsAMinimalSessionToFourCalls() {
    assertThat(SessionPolicy.of(Tier.MINIMAL))
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
                + "\"sts:GetCallerIdentity\",\"ec2:DescribeRegions\",\"ec2:DescribeInstances\","
                + "\"s3:ListAllMyBuckets\"],\"Resource\":\"*\"}]}");
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void keepsSessionPoliciesWithinWhatStsPacks(Tier tier) {
    assertThat(SessionPolicy.of(tier))
        .hasSizeLessThanOrEqualTo(SessionPolicy.MOST_CHARACTERS)
        .doesNotContainAnyWhitespaces();
  }

  @Test
  void publishesEveryCallInTheOrderOfAScan() {
    assertThat(Manifest.published(Tier.MINIMAL))
        .extracting(Permission::service, Permission::operation)
        .containsExactly(
            tuple("sts", "GetCallerIdentity"),
            tuple("ec2", "DescribeRegions"),
            tuple("ec2", "DescribeInstances"),
            tuple("s3", "ListBuckets"));
  }

  @Test
  void saysWhyItMakesEachCall() {
    assertThat(Manifest.published(Tier.MINIMAL))
        .extracting(Permission::why)
        .allMatch(why -> why.endsWith(".") && why.length() > 20);
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void onlyReads(Tier tier) {
    assertThat(Manifest.published(tier))
        .extracting(Permission::iamAction)
        .allMatch(
            action -> action.matches("[a-z0-9]+:(Get|List|Describe)[A-Za-z]+|apigateway:GET"));
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void callsNothingThatTheRoleDoesNotGrant(Tier tier) {
    List<String> granted = new ArrayList<>(Manifest.granted(tier).actions());
    Manifest.granted(tier).managedPolicies().forEach(policy -> granted.addAll(part(policy)));

    assertThat(Manifest.published(tier))
        .extracting(Permission::iamAction)
        .allMatch(action -> allows(granted, action));
  }

  /** A boundary that left one out would deny it. */
  @Test
  void callsNothingOutsideOfTheAuditRolesBoundary() {
    String boundary = Manifest.granted(Tier.AUDIT).boundary().orElseThrow();

    assertThat(Manifest.published(Tier.AUDIT))
        .extracting(Permission::iamAction)
        .allMatch(action -> allows(part(boundary), action));
  }

  private static List<String> part(String managedPolicy) {
    return PARTS.getOrDefault(managedPolicy, List.of());
  }

  private static boolean allows(List<String> granted, String action) {
    return granted.stream()
        .anyMatch(pattern -> action.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
  }
}
