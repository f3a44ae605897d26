package io.cloudoperator.session;

import static io.cloudoperator.service.CannedAccount.ASKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.service.CannedAccount;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccountCheckTest {
  private final CannedAccount account = new CannedAccount();

  @Test
  void asksCloudTrailInItsRegionAndIamInItsOwn() {
    try (CannedAws aws = new CannedAws(account::answer)) {
      WithCalls<AccountChecks> checked =
          Sessions.verifying(aws, "eu-central-1").checkAccount(ASKED);

      assertThat(aws.asked())
          .extracting(CannedAccount::operation, Asked::service, Asked::region, Asked::method)
          .containsExactly(
              tuple("DescribeTrails", "cloudtrail", "eu-central-1", "POST"),
              tuple("GetTrailStatus", "cloudtrail", "eu-central-1", "POST"),
              tuple("GetRole", "iam", "us-east-1", "POST"),
              tuple("ListAttachedRolePolicies", "iam", "us-east-1", "POST"),
              tuple("ListAttachedRolePolicies", "iam", "us-east-1", "POST"),
              tuple("ListRolePolicies", "iam", "us-east-1", "POST"),
              tuple("ListRolePolicies", "iam", "us-east-1", "POST"),
              tuple("GetRolePolicy", "iam", "us-east-1", "POST"));
      assertThat(aws.asked().getFirst().parameters())
          .containsEntry(
              CannedAws.TARGET,
              "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails")
          .containsEntry(CannedAws.BODY, "{}");
      assertThat(aws.asked().get(2).parameters())
          .containsEntry("Version", "2010-05-08")
          .containsEntry("RoleName", "CloudOperatorAudit");
      assertThat(checked.calls())
          .extracting(Call::service, Call::operation)
          .hasSize(8)
          .contains(tuple("cloudtrail", "GetTrailStatus"), tuple("iam", "GetRolePolicy"));
    }
  }

  @ParameterizedTest
  @CsvSource({"DescribeTrails", "GetTrailStatus"})
  void saysThatItWasNotCheckedWhereCloudTrailRefuses(String operation) {
    account.refusals.put(
        operation,
        new Answer(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}", false));

    AccountChecks checks = checks();

    assertThat(checks.trail())
        .isEqualTo(new Reading.Unread<>(Reason.DENIED_BY_IAM, "AccessDeniedException"));
    assertThat(checks.role()).isInstanceOf(Reading.Complete.class);
  }

  @Test
  void saysThatItWasNotCheckedWhereIamRefuses() {
    account.refusals.put(
        "ListRolePolicies", Answer.queryError(403, "AccessDenied", "not authorized"));

    AccountChecks checks = checks();

    assertThat(checks.role()).isEqualTo(new Reading.Unread<>(Reason.DENIED_BY_IAM, "AccessDenied"));
    assertThat(checks.trail()).isInstanceOf(Reading.Complete.class);
  }

  @Test
  void doesNotTakeAnAnswerOfNothingForAnAccountWithoutTrails() {
    account.refusals.put("DescribeTrails", Answer.ok("{}"));

    assertThat(checks().trail()).isEqualTo(new Reading.Unread<>(Reason.FAILED, "UnreadableAnswer"));
  }

  @Test
  void makesNoneOfTheseCallsInASessionThatScans() {
    try (CannedAws aws = new CannedAws(account::answer)) {
      for (Tier tier : Tier.values()) {
        AwsRoleSession session =
            Sessions.limitedTo(Manifest.operations(tier, SessionPhase.SCAN), aws);

        assertThatThrownBy(() -> session.checkAccount(ASKED))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("not among what this session may call");
      }
      assertThat(aws.asked()).isEmpty();
    }
  }

  @Test
  void makesNoneOfTheseCallsBelowTheAuditTier() {
    try (CannedAws aws = new CannedAws(account::answer)) {
      AwsRoleSession session =
          Sessions.limitedTo(Manifest.operations(Tier.MINIMAL, SessionPhase.VERIFY), aws);

      assertThatThrownBy(() -> session.checkAccount(ASKED))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(aws.asked()).isEmpty();
    }
  }

  @Test
  void readsNothingOfTheAccountInASessionThatVerifies() {
    try (CannedAws aws = new CannedAws(account::answer)) {
      AwsRoleSession session = Sessions.verifying(aws);
      RegionName region = new RegionName("us-east-1");

      assertThat(session.identity()).isInstanceOf(Reading.Complete.class);
      assertThatThrownBy(() -> session.scanRegion(region))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(session::scanBuckets).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(session::regions).isInstanceOf(IllegalArgumentException.class);
      assertThat(aws.asked())
          .extracting(CannedAccount::operation)
          .containsExactly("GetCallerIdentity");
    }
  }

  // Customers see it in CloudTrail: a change is a decision.
  @Test
  void limitsAVerifyingSessionToTheTrailsAndItsOwnRole() {
    assertThat(SessionPolicy.of(Tier.AUDIT, SessionPhase.VERIFY, ASKED.role()))
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
                + "\"sts:GetCallerIdentity\",\"cloudtrail:DescribeTrails\","
                + "\"cloudtrail:GetTrailStatus\",\"cloudtrail:LookupEvents\"],\"Resource\":\"*\"},"
                + "{\"Effect\":\"Allow\",\"Action\":[\"iam:GetRole\","
                + "\"iam:ListAttachedRolePolicies\",\"iam:ListRolePolicies\","
                + "\"iam:GetRolePolicy\"],"
                + "\"Resource\":\"arn:aws:iam::444455556666:role/audits/CloudOperatorAudit\"}]}");
  }

  @Test
  void limitsAVerifyingSessionOfTheMinimalTierToItsIdentity() {
    assertThat(SessionPolicy.of(Tier.MINIMAL, SessionPhase.VERIFY, ASKED.role()))
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
                + "\"sts:GetCallerIdentity\"],\"Resource\":\"*\"}]}");
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void limitsAScanningSessionAsBefore(Tier tier) {
    assertThat(SessionPolicy.of(tier, SessionPhase.SCAN, ASKED.role()))
        .isEqualTo(SessionPolicy.of(tier));
  }

  @Test
  void fitsIntoWhatStsPacksWithALongName() {
    RoleArn longest =
        new RoleArn(
            "arn:aws-us-gov:iam::444455556666:role/" + "a".repeat(200) + "/" + "b".repeat(64));

    assertThat(SessionPolicy.of(Tier.AUDIT, SessionPhase.VERIFY, longest))
        .hasSizeLessThanOrEqualTo(SessionPolicy.MOST_CHARACTERS);
  }

  /** A path may have nearly any character: it must neither end the text nor widen the policy. */
  @Test
  void takesTheRolesArnForItselfWhateverIsInIt() {
    RoleArn odd = new RoleArn("arn:aws:iam::444455556666:role/\"],\"*?${aws:username}\\/role");

    assertThat(SessionPolicy.of(Tier.AUDIT, SessionPhase.VERIFY, odd))
        .endsWith(
            "\"Resource\":\"arn:aws:iam::444455556666:role/"
                + "\\\"],\\\"${*}${?}${$}{aws:username}\\\\/role\"}]}");
  }

  @Test
  void publishesWhatItCallsWithItsPhase() {
    List<Manifest.Permission> verifying =
        Manifest.published(Tier.AUDIT).stream()
            .filter(permission -> permission.phase() == SessionPhase.VERIFY)
            .toList();

    assertThat(verifying)
        .extracting(Manifest.Permission::iamAction)
        .containsExactly(
            "cloudtrail:DescribeTrails",
            "cloudtrail:GetTrailStatus",
            "cloudtrail:LookupEvents",
            "iam:GetRole",
            "iam:ListAttachedRolePolicies",
            "iam:ListRolePolicies",
            "iam:GetRolePolicy");
    assertThat(Manifest.published(Tier.MINIMAL))
        .allMatch(permission -> permission.phase() == SessionPhase.SCAN);
  }

  private AccountChecks checks() {
    try (CannedAws aws = new CannedAws(account::answer)) {
      return Sessions.verifying(aws).checkAccount(ASKED).outcome();
    }
  }
}
