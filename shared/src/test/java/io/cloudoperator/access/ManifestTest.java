package io.cloudoperator.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.access.Manifest.Permission;
import io.cloudoperator.connection.Tier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestTest {
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
    assertThat(Manifest.published(tier))
        .extracting(Permission::iamAction)
        .allMatch(action ->
            Manifest.granted(tier).stream()
                .flatMap(ManifestTest::allowed)
                .anyMatch(
                    granted -> action.matches(Pattern.quote(granted).replace("*", "\\E.*\\Q"))));
  }

  /** What of AWS's policy we make use of; GetCallerIdentity needs no permission. */
  private static Stream<String> allowed(String granted) {
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html
    return granted.equals("arn:aws:iam::aws:policy/SecurityAudit")
        ? Stream.of(
            "sts:GetCallerIdentity",
            "ec2:Describe*",
            "s3:ListAllMyBuckets",
            "lambda:List*",
            "elasticloadbalancing:Describe*",
            "appsync:List*",
            "cloudfront:List*")
        : Stream.of(granted);
  }
}
