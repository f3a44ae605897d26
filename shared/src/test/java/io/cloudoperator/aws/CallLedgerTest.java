package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.RestApiReader;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.cloudfront.DistributionReader;
import io.cloudoperator.service.ec2.Ec2;
import io.cloudoperator.service.ec2.RegionReader;
import io.cloudoperator.session.Sessions;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

class CallLedgerTest {
  private final CallLedger ledger = new CallLedger(InstantSource.fixed(Sessions.NOW));

  @Test
  void writesDownEveryAttemptWithItsOwnAnswer() {
    try (CannedAws aws =
        CannedAws.inTurn(
            Answer.ec2Error(503, "RequestLimitExceeded", "slow down"),
            Answer.ec2Error(500, "InternalError", "sorry"),
            Pages.regions("us-east-1"))) {
      read(aws.url());
    }

    assertThat(ledger.calls())
        .containsExactly(
            row("request-1", 503, "RequestLimitExceeded", true, false),
            row("request-2", 500, "InternalError", false, true),
            row("request-3", 200, "", false, true));
    assertThat(CallCount.of(ledger.calls()))
        .containsExactly(new CallCount("ec2", "DescribeRegions", 3, 2, 1));
  }

  @Test
  void writesDownTheCodesOfRefusalsInJson() {
    try (CannedAws aws =
            CannedAws.inTurn(
                Answer.jsonError(429, "TooManyRequestsException", "slow down"),
                Answer.jsonError(403, "AccessDeniedException", "no"));
        AwsClient client = client(ApiGateway.SERVICE, aws.url())) {
      assertThatThrownBy(() -> client.read(RestApiReader.GET_REST_APIS))
          .isInstanceOf(SdkException.class);
    }

    assertThat(ledger.calls())
        .extracting(Call::service, Call::operation, Call::errorCode, Call::throttled)
        .containsExactly(
            tuple("apigateway", "GetRestApis", "TooManyRequestsException", true),
            tuple("apigateway", "GetRestApis", "AccessDeniedException", false));
  }

  @Test
  void namesTheRegionThatCloudFrontIsRecordedIn() {
    try (CannedAws aws = CannedAws.inTurn(new Answer(403, "", false));
        AwsClient client = client(CloudFront.SERVICE, aws.url())) {
      assertThatThrownBy(() -> client.read(DistributionReader.LIST_DISTRIBUTIONS))
          .isInstanceOf(SdkException.class);
    }

    assertThat(ledger.calls()).extracting(Call::region).containsExactly("us-east-1");
  }

  @Test
  void writesDownWhatWasNeverAnswered() {
    CannedAws closed = CannedAws.inTurn(Pages.regions("us-east-1"));
    closed.close();

    assertThatThrownBy(() -> read(closed.url())).isInstanceOf(SdkException.class);

    assertThat(ledger.calls()).hasSize(Sessions.ATTEMPTS).allMatch(call -> call.status() == 0);
  }

  @Test
  void outlivesAnErrorOfAnySize() {
    String nested = "<a>".repeat(100_000);
    try (CannedAws aws = CannedAws.inTurn(new Answer(400, nested, false))) {
      assertThatThrownBy(() -> read(aws.url())).isInstanceOf(SdkException.class);
    }

    assertThat(ledger.calls()).containsExactly(row("request-1", 400, "", false, false));
  }

  @Test
  void triesAgainWhereARefusalWasCutShort() {
    try (CannedAws aws =
        CannedAws.inTurn(
            Answer.ec2Error(503, "RequestLimitExceeded", "slow down").cutShort(),
            Pages.regions("us-east-1"))) {
      read(aws.url());
    }

    assertThat(ledger.calls()).hasSize(2);
    assertThat(ledger.calls().getLast()).isEqualTo(row("request-2", 200, "", false, true));
  }

  private void read(URI endpoint) {
    try (AwsClient client = client(Ec2.SERVICE, endpoint)) {
      client.read(RegionReader.DESCRIBE_ENABLED_REGIONS);
    }
  }

  private AwsClient client(AwsService service, URI endpoint) {
    return new AwsClient(
        service,
        new RegionName(service.equals(CloudFront.SERVICE) ? "us-east-1" : "eu-west-1"),
        Sessions.CREDENTIALS,
        Manifest.operations(Tier.AUDIT),
        Sessions.transport(endpoint),
        List.of(ledger));
  }

  private static Call row(
      String requestId, int status, String errorCode, boolean throttled, boolean retry) {
    return new Call(
        Sessions.NOW,
        "eu-west-1",
        "ec2",
        "DescribeRegions",
        requestId,
        status,
        errorCode,
        throttled,
        retry);
  }
}
