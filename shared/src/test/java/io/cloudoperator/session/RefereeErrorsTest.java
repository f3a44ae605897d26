package io.cloudoperator.session;

import static io.cloudoperator.session.RefereeClients.lean;
import static io.cloudoperator.session.RefereeClients.sdk;
import static io.cloudoperator.session.RefereeClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.Disguise;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.RestApiReader;
import io.cloudoperator.service.ec2.Ec2;
import io.cloudoperator.service.ec2.InstanceReader;
import io.cloudoperator.service.s3.BucketReader;
import io.cloudoperator.service.s3.S3;
import io.cloudoperator.service.sts.CallerIdentityReader;
import io.cloudoperator.service.sts.Sts;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's own clients and ours read the same of the same refusals. */
class RefereeErrorsTest {
  static Stream<Answer> refusals() {
    Answer throttled = Answer.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.");
    Stream<Answer> others =
        Stream.of(
            throttled,
            Answer.ec2Error(403, "UnauthorizedOperation", "You are not authorized"),
            Answer.ec2Error(400, "InvalidParameterValue", "a &lt;b&gt; &amp; c"),
            new Answer(502, "<html><body>Bad gateway</body></html>", false),
            new Answer(503, "", false),
            new Answer(403, "<Response><Errors/></Response>", false),
            new Answer(403, "<Response><Errors><Error/></Errors></Response>", false),
            new Answer(400, "<Response><Errors><Error><Code>Thrott", false),
            new Answer(400, "<!DOCTYPE a><Response/>", false),
            new Answer(429, "no XML", false));
    Stream<Answer> byStatus =
        Stream.of(400, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504, 599)
            .map(status -> Answer.ec2Error(status, "SomethingElse", "a message"));
    Random random = new Random(7);
    Stream<Answer> byCode =
        Stream.of(
                "Throttling",
                "ThrottlingException",
                "ThrottledException",
                "RequestThrottledException",
                "RequestThrottled",
                "TooManyRequestsException",
                "ProvisionedThroughputExceededException",
                "TransactionInProgressException",
                "RequestLimitExceeded",
                "BandwidthLimitExceeded",
                "LimitExceededException",
                "SlowDown",
                "PriorRequestNotComplete",
                "EC2ThrottledException",
                "RequestTimeout",
                "RequestTimeoutException",
                "InternalError",
                "InternalFailure",
                "ServiceUnavailable",
                "Unavailable",
                "IDPCommunicationError",
                "RequestTimeTooSkewed",
                "RequestExpired",
                "RequestInTheFuture",
                "InvalidSignatureException",
                "SignatureDoesNotMatch",
                "AuthFailure",
                "ExpiredToken",
                "ExpiredTokenException",
                "InvalidClientTokenId",
                "OptInRequired",
                "Blocked",
                "PendingVerification")
            .map(code -> Answer.ec2Error(400, code, "a message"))
            .map(plain -> new Answer(400, Disguise.of(plain.body(), random), false));
    return Stream.of(others, byStatus, byCode).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void readsTheSameErrorAndTriesAgainAsOften(Answer refusal) {
    try (CannedAws theirs = CannedAws.inTurn(refusal);
        CannedAws ours = CannedAws.inTurn(refusal);
        Ec2Client ec2 = sdk(Ec2Client.builder(), theirs.url());
        AwsClient lean = lean(Ec2.SERVICE, ours.url())) {
      AwsServiceException expected = refused(() -> ec2.describeInstances());
      AwsServiceException actual = refused(() -> lean.read(InstanceReader.DESCRIBE_INSTANCES));

      assertSame(expected, actual);
      assertThat(ours.asked()).hasSameSizeAs(theirs.asked());
    }
  }

  @Test
  void readsTheSameErrorsOfStsAndS3() {
    Answer expired = Answer.queryError(403, "ExpiredToken", "The token is expired");
    Answer slow = Answer.s3Error(503, "SlowDown", "Please reduce your request rate.");
    try (CannedAws stsAws = CannedAws.inTurn(expired);
        CannedAws s3Aws = CannedAws.inTurn(slow);
        StsClient sts = sdk(StsClient.builder(), stsAws.url());
        S3Client s3 = sdk(S3Client.builder(), s3Aws.url());
        AwsClient leanSts = lean(Sts.SERVICE, stsAws.url());
        AwsClient leanS3 = lean(S3.SERVICE, s3Aws.url())) {
      assertSame(
          refused(sts::getCallerIdentity),
          refused(() -> leanSts.read(CallerIdentityReader.GET_CALLER_IDENTITY)));
      assertSame(refused(s3::listBuckets), refused(() -> leanS3.read(BucketReader.LIST_BUCKETS)));
    }
  }

  /** As API Gateway, Lambda and AppSync refuse. */
  static Stream<Answer> jsonRefusals() {
    return Stream.of(
        Answer.jsonError(429, "TooManyRequestsException", "Too Many Requests"),
        Answer.jsonError(403, "AccessDeniedException", "not authorized"),
        Answer.jsonError(403, "UnrecognizedClientException", "The token is invalid."),
        Answer.jsonError(404, "NotFoundException", "Invalid API identifier"),
        Answer.jsonError(500, "InternalFailure", "sorry"),
        Answer.jsonError(503, "ServiceUnavailableException", "sorry"),
        new Answer(400, "{\"__type\":\"aws.x#ThrottlingException\",\"Message\":\"m\"}", false),
        new Answer(403, "{\"message\":null}", false),
        new Answer(403, "{}", false),
        new Answer(400, "{\"__type\":\"Thrott", false),
        new Answer(502, "<html>Bad gateway</html>", false),
        new Answer(503, "", false));
  }

  @ParameterizedTest
  @MethodSource("jsonRefusals")
  void readsTheSameErrorInJsonAndTriesAgainAsOften(Answer refusal) {
    try (CannedAws theirs = CannedAws.inTurn(refusal);
        CannedAws ours = CannedAws.inTurn(refusal);
        ApiGatewayClient sdk = sdk(ApiGatewayClient.builder(), theirs.url());
        AwsClient lean = lean(ApiGateway.SERVICE, ours.url())) {
      AwsServiceException expected = refused(sdk::getRestApis);
      AwsServiceException actual = refused(() -> lean.read(RestApiReader.GET_REST_APIS));

      assertThat(actual.statusCode()).isEqualTo(expected.statusCode());
      assertThat(actual.isThrottlingException()).isEqualTo(expected.isThrottlingException());
      assertThat(text(actual.awsErrorDetails().errorCode()))
          .isEqualTo(text(expected.awsErrorDetails().errorCode()));
      assertThat(actual.requestId()).isEqualTo(expected.requestId());
      assertThat(ours.asked()).hasSameSizeAs(theirs.asked());
    }
  }

  private static AwsServiceException refused(Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      return e;
    }
    throw new AssertionError("not refused");
  }

  private static void assertSame(AwsServiceException expected, AwsServiceException actual) {
    assertThat(actual.statusCode()).isEqualTo(expected.statusCode());
    assertThat(actual.isThrottlingException()).isEqualTo(expected.isThrottlingException());
    assertThat(actual.isClockSkewException()).isEqualTo(expected.isClockSkewException());
    assertThat(text(actual.awsErrorDetails().errorCode()))
        .isEqualTo(text(expected.awsErrorDetails().errorCode()));
    assertThat(text(actual.awsErrorDetails().errorMessage()))
        .isEqualTo(text(expected.awsErrorDetails().errorMessage()));
  }
}
