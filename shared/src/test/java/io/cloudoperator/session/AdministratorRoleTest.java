package io.cloudoperator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A customer who grants everything by mistake: the session that we open can still do no more than
 * is published, whichever client had its credentials.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">How
 *     AWS says which policy refused</a>
 */
class AdministratorRoleTest {
  private static final ExternalId EXTERNAL_ID = new ExternalId("cloudoperator-0123456789abcdef");
  private static SampleAws aws;
  private static RoleArn administrator;

  @BeforeAll
  static void grantAdministratorAccess() throws IOException {
    aws = SampleAws.start(SampleConfig.defaults().withInstances(10));
    administrator =
        new RoleArn(
            aws.putRole(
                aws.customerAccountId(),
                "/CloudOperatorAdministrator",
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"sts:AssumeRole",
                "Condition":{"StringEquals":{"sts:ExternalId":"%s"}}}]}\
                """
                    .formatted(aws.brokerAccountId(), EXTERNAL_ID.value()),
                // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
                """
                {"Version":"2012-10-17",
                "Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
                """));
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  /** What a thief of a session's credentials might try. */
  enum Attempt {
    READ_USER_DATA("ec2:DescribeInstanceAttribute", "UnauthorizedOperation", "InvalidAction") {
      @Override
      void make(Ec2Client ec2, S3Client s3) {
        ec2.describeInstanceAttribute(
            request -> request.instanceId("i-0123456789abcdef0").attribute("userData"));
      }
    },
    LIST_OBJECTS("s3:ListBucket", "AccessDenied", "NotImplemented") {
      @Override
      void make(Ec2Client ec2, S3Client s3) {
        s3.listObjectsV2(request -> request.bucket("a-bucket"));
      }
    },
    TERMINATE("ec2:TerminateInstances", "UnauthorizedOperation", "InvalidAction") {
      @Override
      void make(Ec2Client ec2, S3Client s3) {
        ec2.terminateInstances(request -> request.instanceIds("i-0123456789abcdef0"));
      }
    };

    private final String action;
    private final String refusal;
    private final String unserved;

    /**
     * @param refusal AWS's code where a policy does not allow the action
     * @param unserved the sample's code for what is allowed but not served
     */
    Attempt(String action, String refusal, String unserved) {
      this.action = action;
      this.refusal = refusal;
      this.unserved = unserved;
    }

    abstract void make(Ec2Client ec2, S3Client s3);
  }

  @ParameterizedTest
  @EnumSource
  void isCutToThePublishedCallsByOurSessionPolicy(Attempt attempt) {
    AwsServiceException refused = refused(attempt, ourSession());

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(attempt.refusal);
    assertThat(refused.getMessage())
        .contains("because no session policy allows the %s action".formatted(attempt.action));
  }

  /** So it is the session policy that refuses above, and nothing else would have. */
  @ParameterizedTest
  @EnumSource
  void couldDoAnythingWithoutIt(Attempt attempt) {
    AwsServiceException refused = refused(attempt, sessionWithoutAPolicy());

    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(attempt.unserved);
    assertThat(refused.getMessage()).doesNotContain("not authorized");
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void canStillMakeThePublishedCalls(Tier tier) {
    AwsCredentials session = sessionOf(tier);
    try (Ec2Client ec2 = ec2(session);
        S3Client s3 = s3(session)) {
      assertThat(ec2.describeRegions().regions()).isNotEmpty();
      assertThat(ec2.describeInstances(request -> request.maxResults(5)).sdkHttpResponse())
          .matches(response -> response.isSuccessful());
      assertThat(s3.listBuckets().buckets()).isNotEmpty();
    }
  }

  private static AwsServiceException refused(Attempt attempt, AwsCredentials session) {
    try (Ec2Client ec2 = ec2(session);
        S3Client s3 = s3(session)) {
      return Assertions.catchThrowableOfType(
          AwsServiceException.class, () -> attempt.make(ec2, s3));
    }
  }

  private static AwsCredentials ourSession() {
    return sessionOf(Tier.MINIMAL);
  }

  /** The credentials of a session as the product opens it: STS's answer, noted as it passes by. */
  private static AwsCredentials sessionOf(Tier tier) {
    AtomicReference<Credentials> granted = new AtomicReference<>();
    ExecutionInterceptor eavesdropper =
        new ExecutionInterceptor() {
          @Override
          public void afterExecution(
              Context.AfterExecution context, ExecutionAttributes attributes) {
            if (context.response() instanceof AssumeRoleResponse response) {
              granted.set(response.credentials());
            }
          }
        };
    try (StsClient sts =
        sts()
            .overrideConfiguration(override -> override.addExecutionInterceptor(eavesdropper))
            .build()) {
      new StsRoleSessions(
              sts, Sessions.transport(aws.endpoint()), InstantSource.system(), Sessions.NO_WAIT)
          .assume(administrator, Optional.of(EXTERNAL_ID), "scan-1", tier);
    }
    return Stream.ofNullable(granted.get())
        .map(AdministratorRoleTest::of)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the role was not assumed"));
  }

  private static AwsCredentials sessionWithoutAPolicy() {
    try (StsClient sts = sts().build()) {
      return of(
          sts.assumeRole(request ->
                  request
                      .roleArn(administrator.value())
                      .externalId(EXTERNAL_ID.value())
                      .roleSessionName("scan-1"))
              .credentials());
    }
  }

  private static AwsCredentials of(Credentials session) {
    return AwsSessionCredentials.create(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  private static StsClientBuilder sts() {
    return to(
        StsClient.builder().httpClient(Sessions.HTTP),
        AwsBasicCredentials.create(
            aws.brokerCredentials().accessKeyId(), aws.brokerCredentials().secretAccessKey()));
  }

  private static Ec2Client ec2(AwsCredentials session) {
    return to(Ec2Client.builder().httpClient(Sessions.HTTP), session).build();
  }

  private static S3Client s3(AwsCredentials session) {
    return to(S3Client.builder().httpClient(Sessions.HTTP), session).forcePathStyle(true).build();
  }

  private static <B extends AwsClientBuilder<B, C>, C> B to(B builder, AwsCredentials credentials) {
    return builder
        .endpointOverride(aws.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials));
  }
}
