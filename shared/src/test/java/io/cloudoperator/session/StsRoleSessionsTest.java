package io.cloudoperator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

class StsRoleSessionsTest {
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::111122223333:role/CloudOperator");
  private static final Optional<ExternalId> EXTERNAL_ID = Optional.of(new ExternalId("ours/1=x"));

  @Test
  void asksForTheShortestSessionUnderTheTiersPolicy() {
    try (CannedAws aws = CannedAws.inTurn(Pages.assumed())) {
      assume(aws, ROLE, EXTERNAL_ID);

      Asked asked = aws.asked().getFirst();
      assertThat(asked.parameters())
          .containsEntry("Action", "AssumeRole")
          .containsEntry("RoleArn", ROLE.value())
          .containsEntry("RoleSessionName", "scan-1")
          .containsEntry("DurationSeconds", "900")
          .containsEntry("ExternalId", "ours/1=x")
          .containsEntry("Policy", SessionPolicy.of(Tier.MINIMAL));
      assertThat(asked.accessKey()).isEqualTo("AKIABROKER");
    }
  }

  @Test
  void sendsNoExternalIdWhereNoneIsGiven() {
    try (CannedAws aws = CannedAws.inTurn(Pages.assumed())) {
      assume(aws, ROLE, Optional.empty());

      assertThat(aws.asked().getFirst().parameters()).doesNotContainKey("ExternalId");
    }
  }

  @Test
  void opensASessionOnTheCustomersAccountWithItsCredentialsAlone() {
    try (CannedAws aws = CannedAws.inTurn(Pages.assumed(), Pages.identity("111122223333"))) {
      AssumeRoleResult assumption = assume(aws, ROLE, EXTERNAL_ID);

      assertThat(assumption)
          .isInstanceOfSatisfying(
              AssumeRoleResult.Granted.class,
              granted -> {
                assertThat(CallCount.of(granted.calls()))
                    .containsExactly(new CallCount("sts", "AssumeRole", 1, 0, 0));
                assertThat(granted.session().identity())
                    .isEqualTo(new Complete<>(new AccountId("111122223333")));
              });
      assertThat(assumption.toString()).doesNotContain("canary", "ASIACANARY");
      assertThat(aws.asked().getLast().accessKey()).isEqualTo("ASIACANARY");
    }
  }

  @Test
  void isDeniedOnlyByAccessDenied() {
    try (CannedAws aws =
        CannedAws.inTurn(Answer.queryError(403, "AccessDenied", "not authorized"))) {
      assertThat(assume(aws, ROLE, EXTERNAL_ID))
          .isInstanceOfSatisfying(
              AssumeRoleResult.Denied.class,
              denied -> {
                assertThat(denied.code()).isEqualTo("AccessDenied");
                assertThat(CallCount.of(denied.calls()))
                    .containsExactly(new CallCount("sts", "AssumeRole", 1, 0, 0));
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredToken",
    "400, ExpiredTokenException",
    "403, InvalidClientTokenId",
    "403, SignatureDoesNotMatch",
    "403, RegionDisabledException",
    "400, PackedPolicyTooLarge",
    "400, MalformedPolicyDocument",
    "400, ValidationError"
  })
  void blamesNoCustomerForWhatIsOurs(int status, String code) {
    try (CannedAws aws = CannedAws.inTurn(Answer.queryError(status, code, "ours"))) {
      assertInconclusive(
          assume(aws, ROLE, EXTERNAL_ID), code, new CallCount("sts", "AssumeRole", 1, 0, 0));
    }
  }

  @Test
  void countsEveryAttemptOfAThrottledAssumeRole() {
    try (CannedAws aws = CannedAws.inTurn(Answer.queryError(400, "Throttling", "Rate exceeded"))) {
      assertInconclusive(
          assume(aws, ROLE, EXTERNAL_ID),
          "Throttling",
          new CallCount("sts", "AssumeRole", 4, 3, 4));
    }
  }

  @Test
  void hasNoVerdictWhereStsCannotBeReached() {
    CannedAws closed = CannedAws.inTurn(Pages.assumed());
    closed.close();

    assertInconclusive(
        assume(closed, ROLE, EXTERNAL_ID),
        "Unreachable",
        new CallCount("sts", "AssumeRole", 4, 3, 0));
  }

  private static void assertInconclusive(
      AssumeRoleResult assumption, String code, CallCount calls) {
    assertThat(assumption)
        .isInstanceOfSatisfying(
            AssumeRoleResult.Inconclusive.class,
            unclear -> {
              assertThat(unclear.code()).isEqualTo(code);
              assertThat(CallCount.of(unclear.calls())).containsExactly(calls);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:role/r, eu-west-1, eu-west-1",
    "arn:aws-cn:iam::111122223333:role/r, eu-west-1, cn-north-1",
    "arn:aws-us-gov:iam::111122223333:role/r, us-gov-east-1, us-gov-east-1"
  })
  void asksInTheBrokersRegionOrElseInTheRolesPartition(
      String role, String broker, String expected) {
    try (CannedAws aws = CannedAws.inTurn(Pages.assumed(), Pages.regions(expected))) {
      if (access(aws, broker).assume(new RoleArn(role), EXTERNAL_ID, "scan-1", Tier.MINIMAL)
          instanceof AssumeRoleResult.Granted granted) {
        granted.session().regions();
      }

      assertThat(aws.asked().getLast().region()).isEqualTo(expected);
    }
  }

  private static AssumeRoleResult assume(
      CannedAws aws, RoleArn role, Optional<ExternalId> externalId) {
    return access(aws, "us-east-1").assume(role, externalId, "scan-1", Tier.MINIMAL);
  }

  private static StsRoleSessions access(CannedAws aws, String region) {
    StsClient sts =
        StsClient.builder()
            .region(Region.of(region))
            .endpointOverride(aws.url())
            .httpClient(Sessions.HTTP)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIABROKER", "b")))
            .overrideConfiguration(override -> override.retryStrategy(Sessions.retries()))
            .build();
    return new StsRoleSessions(
        sts, Sessions.transport(aws.url()), InstantSource.fixed(Sessions.NOW), Sessions.NO_WAIT);
  }
}
