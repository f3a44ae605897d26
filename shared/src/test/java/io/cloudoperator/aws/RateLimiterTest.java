package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.RestApiReader;
import io.cloudoperator.service.apigateway.RestMethodReader;
import io.cloudoperator.service.apigateway.VpcLinkReader;
import io.cloudoperator.service.lambda.FunctionUrlReader;
import io.cloudoperator.service.lambda.Lambda;
import io.cloudoperator.session.AwsRoleSession;
import io.cloudoperator.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private Instant now = Sessions.NOW;
  private final List<Duration> waits = new ArrayList<>();

  @Test
  void leavesHalfOfTheBurstAndHalfOfTheRefillToTheCustomer() {
    try (CannedAws aws = pages(70)) {
      session(aws).scanRegion(new RegionName("eu-west-1"));
    }

    assertThat(waits).hasSize(70 - 50).allMatch(Duration.ofMillis(100)::equals);
  }

  @Test
  void holdsRetriesToo() {
    Answer broken = Answer.ec2Error(500, "InternalError", "once more");
    try (CannedAws aws = pages(49, broken, broken, broken)) {
      session(aws).scanRegion(new RegionName("eu-west-1"));
    }

    assertThat(waits).hasSize(2);
  }

  @Test
  void countsEachRegionByItself() {
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""))) {
      AwsRoleSession session = session(aws);
      for (int i = 0; i < 50; i++) {
        session.scanRegion(new RegionName("eu-west-1"));
        session.scanRegion(new RegionName("eu-west-2"));
      }
    }

    assertThat(waits).isEmpty();
  }

  @Test
  void fillsUpAgainWithTimeButNeverBeyondTheBurst() {
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""))) {
      AwsRoleSession session = session(aws);
      now = now.plus(Duration.ofHours(1));
      for (int i = 0; i < 51; i++) {
        session.scanRegion(new RegionName("eu-west-1"));
      }
    }

    assertThat(waits).containsExactly(Duration.ofMillis(100));
  }

  @Test
  void sharesOneBucketOverAllOperationsOfApiGateway() {
    waitsOf(
        ApiGateway.SERVICE,
        20 + 15,
        i -> i % 2 == 0 ? RestApiReader.GET_REST_APIS : VpcLinkReader.GET_VPC_LINKS);

    assertThat(elapsed()).isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(1));
  }

  @Test
  void neverReadsTheResourcesOfMoreApisThanAwsLetsAnAccount() {
    List<Instant> at = new ArrayList<>();
    waitsOf(
        ApiGateway.SERVICE,
        50,
        _ -> {
          at.add(now);
          return RestMethodReader.GET_RESOURCES;
        });

    // The time before a call is when the one before it was sent.
    for (int i = 1; i + 5 < at.size(); i++) {
      assertThat(Duration.between(at.get(i), at.get(i + 5)))
          .as("the sixth after the first")
          .isGreaterThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void leavesHalfOfWhatLambdaAllowsOverAllOfItsOperations() {
    waitsOf(Lambda.SERVICE, 7 + 15, _ -> FunctionUrlReader.LIST_FUNCTIONS);

    assertThat(elapsed()).isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(1));
  }

  private Duration elapsed() {
    return Duration.between(Sessions.NOW, now);
  }

  private void waitsOf(
      AwsService service, int calls, IntFunction<ReadOperation<? extends List<?>>> operations) {
    RateLimiter pace = new RateLimiter(() -> now, this::sleep);
    try (CannedAws aws = CannedAws.inTurn(Answer.ok("{\"item\":[],\"Functions\":[]}"));
        AwsClient client =
            new AwsClient(
                service,
                new RegionName("eu-west-1"),
                Sessions.CREDENTIALS,
                Manifest.operations(Tier.AUDIT),
                Sessions.transport(aws.url()),
                List.of(pace))) {
      for (int i = 0; i < calls; i++) {
        ReadOperation<? extends List<?>> operation = operations.apply(i);
        client.read(
            operation,
            operation.argumentsOfACall().isEmpty() ? Map.of() : Map.of(RestApiReader.API, "a1"));
      }
    }
  }

  private void sleep(Duration wait) {
    waits.add(wait);
    now = now.plus(wait);
  }

  private static CannedAws pages(int count, Answer... before) {
    List<Answer> pages = new ArrayList<>(List.of(before));
    for (int i = 1; i < count; i++) {
      pages.add(Pages.instances("page-" + i));
    }
    pages.add(Pages.instances(""));
    return CannedAws.inTurn(pages.toArray(Answer[]::new));
  }

  private AwsRoleSession session(CannedAws aws) {
    return new AwsRoleSession(
        Sessions.CREDENTIALS,
        Manifest.operations(Tier.MINIMAL),
        List.of(new RegionName("us-east-1")),
        Sessions.transport(aws.url()),
        () -> now,
        this::sleep);
  }
}
