package io.cloudoperator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.PermissionDrift.Kind;
import io.cloudoperator.scan.TrailStanding;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.iam.RequestedRole;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Checks of an account that enforces its policies, with roles as customers launch them. */
class SampleAccountCheckTest {
  private static final ExternalId EXTERNAL_ID = ExternalId.random(new SecureRandom());

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheTrailAndNothingInARoleAsItWasLaunched(boolean trail) throws IOException {
    try (SampleAws aws = start(trail)) {
      assertThat(checks(aws, launched(aws, "audit-role.yaml")))
          .isEqualTo(
              new AccountChecks(
                  new Complete<>(new TrailStanding(trail ? 1 : 0, trail, trail)),
                  new Complete<>(new PermissionDrift(List.of()))));
    }
  }

  /** Nothing is granted that would let us look: that is said, and not that all is well. */
  @Test
  void saysOfARoleOfTheMinimalTierThatItCannotBeChecked() throws IOException {
    try (SampleAws aws = start(true)) {
      assertThat(checks(aws, launched(aws, "minimal-role.yaml")).role())
          .isEqualTo(new Reading.Unread<>(Reason.DENIED_BY_IAM, "AccessDenied"));
    }
  }

  @Test
  void findsWhatAnAdministratorsRoleTrustsAndGrantsBeyond() throws IOException {
    try (SampleAws aws = start(true)) {
      RoleArn role = administrator(aws);

      assertThat(checks(aws, role).role())
          .isEqualTo(
              new Complete<>(
                  new PermissionDrift(
                      List.of(
                          new Deviation(Kind.TRUSTS_WHOLE_BROKER_ACCOUNT, 1),
                          new Deviation(Kind.INLINE_POLICY_GRANTS_MORE, 1),
                          new Deviation(Kind.BOUNDARY_MISSING, 1),
                          new Deviation(Kind.SECURITY_AUDIT_MISSING, 1)))));
    }
  }

  /** The role allows everything: it is the session policy that does not. */
  @Test
  void canReadNoOtherRoleEvenWithAnotherClient() throws IOException {
    try (SampleAws aws = start(true);
        StsClient sts = sts(aws)) {
      RoleArn role = administrator(aws);
      RoleArn other = launched(aws, "audit-role.yaml");
      Credentials session =
          sts.assumeRole(request ->
                  request
                      .roleArn(role.value())
                      .externalId(EXTERNAL_ID.value())
                      .roleSessionName("scan-1")
                      .policy(SessionPolicy.of(Tier.AUDIT, SessionPhase.VERIFY, role)))
              .credentials();
      try (IamClient iam =
          IamClient.builder()
              .region(Region.US_EAST_1)
              .endpointOverride(aws.endpoint())
              .httpClient(Sessions.HTTP)
              .credentialsProvider(
                  provider(
                      AwsSessionCredentials.create(
                          session.accessKeyId(),
                          session.secretAccessKey(),
                          session.sessionToken())))
              .build()) {
        assertThat(iam.getRole(request -> request.roleName(role.name())).role().arn())
            .isEqualTo(role.value());
        assertThatThrownBy(() -> iam.getRole(request -> request.roleName(other.name())))
            .isInstanceOfSatisfying(
                IamException.class,
                e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        assertThatThrownBy(iam::listUsers).isInstanceOf(IamException.class);
      }
    }
  }

  private static SampleAws start(boolean trail) throws IOException {
    return SampleAws.start(SampleConfig.defaults().withInstances(1).withTrail(trail));
  }

  private static RoleArn launched(SampleAws aws, String template) throws IOException {
    return new RoleArn(
        aws.launch(
            aws.customerAccountId(),
            Path.of(System.getProperty("repository.root", ".."), "customer", template),
            Map.of(
                "ExternalId",
                EXTERNAL_ID.value(),
                "BrokerAccountId",
                aws.brokerAccountId(),
                "BrokerRolePattern",
                aws.brokerRoleArn())));
  }

  private static RoleArn administrator(SampleAws aws) {
    return new RoleArn(
        aws.putRole(
            aws.customerAccountId(),
            "/path/CloudOperatorAdministrator",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
            "Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"sts:AssumeRole",
            "Condition":{"StringEquals":{"sts:ExternalId":"%s"}}}]}\
            """
                .formatted(aws.brokerAccountId(), EXTERNAL_ID.value()),
            """
            {"Version":"2012-10-17",
            "Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
            {"Effect":"Deny","Action":"s3:*","Resource":"*"}]}\
            """));
  }

  private static AccountChecks checks(SampleAws aws, RoleArn role) {
    try (StsClient sts = sts(aws)) {
      AssumeRoleResult assumption =
          new StsRoleSessions(
                  sts,
                  Sessions.HTTP,
                  Optional.of(aws.endpoint()),
                  InstantSource.system(),
                  Sessions.NO_WAIT)
              .assume(role, Optional.of(EXTERNAL_ID), "scan-1", Tier.AUDIT, SessionPhase.VERIFY);
      return switch (assumption) {
        case AssumeRoleResult.Granted granted ->
            granted
                .session()
                .checkAccount(
                    new RequestedRole(
                        role,
                        EXTERNAL_ID,
                        new AccountId(aws.brokerAccountId()),
                        aws.brokerRoleArn()))
                .outcome();
        case AssumeRoleResult.Denied _, AssumeRoleResult.Inconclusive _ ->
            throw new AssertionError(assumption);
      };
    }
  }

  private static StsClient sts(SampleAws aws) {
    return StsClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(aws.endpoint())
        .httpClient(Sessions.HTTP)
        .credentialsProvider(
            provider(
                AwsBasicCredentials.create(
                    aws.brokerCredentials().accessKeyId(),
                    aws.brokerCredentials().secretAccessKey())))
        .build();
  }

  private static StaticCredentialsProvider provider(AwsCredentials credentials) {
    return StaticCredentialsProvider.create(credentials);
  }
}
