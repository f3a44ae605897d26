package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

final class StsTest {

  private final MovableClock clock = new MovableClock();
  private SampleAws aws;
  private Clients clients;

  @BeforeEach
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults().withClock(clock));
    clients = new Clients(aws);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void theBrokerIsASessionOfItsRole() {
    assertThat(clients.sts(clients.broker()).getCallerIdentity().arn())
        .isEqualTo("arn:aws:sts::111122223333:assumed-role/CloudOperatorLocal/local");
  }

  @Test
  void givesASessionToTheBrokerWithTheExternalId() {
    AssumeRoleResponse answer = assume(request -> request);
    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/Readonly/scan-1");
    assertThat(answer.credentials().expiration())
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
    assertThat(clients.sts(Clients.of(answer.credentials())).getCallerIdentity().account())
        .isEqualTo("444455556666");
  }

  @Test
  void deniesAnotherExternalId() {
    assertDenied(request -> request.externalId("another-external-id"));
  }

  @Test
  void deniesNoExternalId() {
    assertDenied(request -> request.externalId(null));
  }

  @Test
  void deniesARoleThatIsNotThereInTheSameWords() {
    clients.role();
    String absent = refusal(request -> request.roleArn("arn:aws:iam::444455556666:role/Absent"));
    String untrusting = refusal(request -> request.externalId("another"));
    assertThat(absent.replace("Absent", "Readonly")).isEqualTo(untrusting);
  }

  @Test
  void deniesABrokerRoleThatTheTrustPolicyDoesNotName() {
    String role =
        aws.putRole(
            aws.customerAccountId(),
            "/Narrow",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
            "Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole",
            "Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/other/*"}}}]}\
            """,
            Clients.PERMISSIONS);
    assertDenied(request -> request.roleArn(role));
  }

  @Test
  void letsAnyoneAssumeARoleThatTrustsAnyone() {
    String role =
        aws.putRole(
            aws.customerAccountId(),
            "/Open",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
            "Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}\
            """,
            Clients.PERMISSIONS);
    assertThat(assume(request -> request.roleArn(role).externalId(null)).credentials()).isNotNull();
  }

  @Test
  void refusesValuesOutsideTheirLimits() {
    assertError(400, "ValidationError", request -> request.durationSeconds(899));
    assertError(400, "ValidationError", request -> request.durationSeconds(43_201));
    assertError(400, "ValidationError", request -> request.externalId("x"));
    assertError(400, "ValidationError", request -> request.externalId("no spaces"));
    assertError(400, "ValidationError", request -> request.roleSessionName("x".repeat(65)));
    assertError(400, "ValidationError", request -> request.policy("x".repeat(2049)));
    assertError(400, "ValidationError", request -> request.roleArn("arn:aws:iam::1:role/Short"));
    assertError(400, "MalformedPolicyDocument", request -> request.policy("{}"));
  }

  @Test
  void refusesASessionPolicyThatDoesNotPack() {
    String policy = Clients.PERMISSIONS.replace("ec2:Describe*", "ec2:Describe" + "x".repeat(1200));
    assertError(400, "PackedPolicyTooLarge", request -> request.policy(policy));
  }

  @SuppressWarnings("deprecation") // The SDK's model names nothing in its place.
  @Test
  void saysHowMuchOfTheLimitASessionPolicyTakes() {
    assertThat(assume(request -> request.policy(Clients.PERMISSIONS)).packedPolicySize())
        .isBetween(5, 20);
  }

  @Test
  void limitsAChainedSessionToAnHour() {
    assertError(400, "ValidationError", request -> request.durationSeconds(3601));
  }

  @Test
  void isNotActivatedInARegionThatTheRolesAccountHasNot() throws Exception {
    try (SampleAws few = SampleAws.start(SampleConfig.defaults().withRegions(17))) {
      Clients there = new Clients(few);
      String role = there.role();
      assertThatThrownBy(() ->
              software.amazon.awssdk.services.sts.StsClient.builder()
                  .endpointOverride(few.endpoint())
                  .region(software.amazon.awssdk.regions.Region.AF_SOUTH_1)
                  .credentialsProvider(there::broker)
                  .build()
                  .assumeRole(there.assume(role).build()))
          .isInstanceOfSatisfying(
              AwsServiceException.class, e -> assertCode(e, 403, "RegionDisabledException"));
    }
  }

  @Test
  void everyServiceRefusesAnExpiredSession() {
    AwsCredentials session = clients.session(clients.role());
    clock.move(Duration.ofMinutes(15));
    assertThatThrownBy(() -> clients.sts(session).getCallerIdentity())
        .satisfies(code(403, "ExpiredToken"));
    assertThatThrownBy(() -> clients.ec2(session, "us-east-1").describeRegions())
        .satisfies(code(400, "RequestExpired"));
    assertThatThrownBy(() -> clients.s3(session).listBuckets())
        .satisfies(code(400, "ExpiredToken"));
    assertThatThrownBy(() -> clients.kms(session).describeKey(key -> key.keyId("x")))
        .satisfies(code(400, "ExpiredTokenException"));
  }

  @Test
  void everyServiceRefusesAWrongSecret() {
    AwsCredentials wrong =
        AwsBasicCredentials.create(aws.brokerCredentials().accessKeyId(), "wrong");
    assertThatThrownBy(() -> clients.sts(wrong).getCallerIdentity())
        .satisfies(code(403, "SignatureDoesNotMatch"));
    assertThatThrownBy(() -> clients.ec2(wrong, "us-east-1").describeRegions())
        .hasMessageContaining("Status Code: 401");
    // HttpURLConnection withholds the body of a 401, and with it the code.
    assertThat(aws.requests().all().getLast().errorCode()).isEqualTo("AuthFailure");
    assertThatThrownBy(() -> clients.s3(wrong).listBuckets())
        .satisfies(code(403, "SignatureDoesNotMatch"));
    assertThatThrownBy(() -> clients.kms(wrong).describeKey(key -> key.keyId("x")))
        .satisfies(code(400, "InvalidSignatureException"));
  }

  @Test
  void everyServiceRefusesAnUnknownKey() {
    AwsCredentials unknown = AwsBasicCredentials.create("AKIAUNKNOWN", "wrong");
    assertThatThrownBy(() -> clients.sts(unknown).getCallerIdentity())
        .satisfies(code(403, "InvalidClientTokenId"));
    assertThatThrownBy(() -> clients.ec2(unknown, "us-east-1").describeRegions())
        .hasMessageContaining("Status Code: 401");
    // HttpURLConnection withholds the body of a 401, and with it the code.
    assertThat(aws.requests().all().getLast().errorCode()).isEqualTo("AuthFailure");
    assertThatThrownBy(() -> clients.s3(unknown).listBuckets())
        .satisfies(code(403, "InvalidAccessKeyId"));
    assertThatThrownBy(() -> clients.kms(unknown).describeKey(key -> key.keyId("x")))
        .satisfies(code(400, "UnrecognizedClientException"));
  }

  @Test
  void aSessionEndsWithItsRoleAndStaysInvalidWhenTheRoleIsMadeAnew() {
    String role = clients.role();
    AwsCredentials session = clients.session(role);
    aws.deleteRole(role);
    clients.role();
    assertThatThrownBy(() -> clients.sts(session).getCallerIdentity())
        .satisfies(code(403, "InvalidClientTokenId"));
  }

  private AssumeRoleResponse assume(UnaryOperator<AssumeRoleRequest.Builder> change) {
    return clients
        .sts(clients.broker())
        .assumeRole(change.apply(clients.assume(clients.role())).build());
  }

  private void assertDenied(UnaryOperator<AssumeRoleRequest.Builder> change) {
    assertError(403, "AccessDenied", change);
  }

  private void assertError(
      int status, String code, UnaryOperator<AssumeRoleRequest.Builder> change) {
    assertThatThrownBy(() -> assume(change)).satisfies(code(status, code));
  }

  private String refusal(UnaryOperator<AssumeRoleRequest.Builder> change) {
    try {
      assume(change);
      throw new AssertionError("was not refused");
    } catch (AwsServiceException e) {
      return e.awsErrorDetails().errorMessage();
    }
  }

  private static Consumer<Throwable> code(int status, String code) {
    return thrown ->
        assertThat(thrown)
            .isInstanceOfSatisfying(AwsServiceException.class, e -> assertCode(e, status, code));
  }

  private static void assertCode(AwsServiceException e, int status, String code) {
    assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(e.statusCode()).isEqualTo(status);
    assertThat(e.requestId()).isNotBlank();
  }
}
