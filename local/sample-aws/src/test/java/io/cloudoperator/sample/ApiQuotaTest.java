package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.sample.apigateway.GatewayApi;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.TooManyRequestsException;

final class ApiQuotaTest {

  private final MovableClock clock = new MovableClock();
  private SampleAws aws;
  private Clients clients;
  private ApiGatewayClient client;

  @BeforeEach
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults().withApiQuotas(true).withClock(clock));
    clients = new Clients(aws);
    client = clients.apiGateway(clients.customer(), "us-east-1");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void fortyRequestsPassAtOnceAndThenTenASecond() {
    assertThat(passing(45)).isEqualTo(40);
    clock.move(Duration.ofSeconds(1));
    assertThat(passing(15)).isEqualTo(10);
  }

  @Test
  void fiveGetResourcesPassInTwoSeconds() {
    String region = aws.customer().all(GatewayApi.class).all().getFirst().region();
    String id = aws.customer().all(GatewayApi.class).all().getFirst().id();
    ApiGatewayClient there = clients.apiGateway(clients.customer(), region);
    for (int i = 0; i < 5; i++) {
      there.getResources(each -> each.restApiId(id));
    }
    assertThatThrownBy(() -> there.getResources(each -> each.restApiId(id)))
        .isInstanceOfSatisfying(
            TooManyRequestsException.class, e -> assertThat(e.statusCode()).isEqualTo(429));
    assertThatCode(there::getRestApis).doesNotThrowAnyException();
    clock.move(Duration.ofMillis(400));
    assertThatCode(() -> there.getResources(each -> each.restApiId(id))).doesNotThrowAnyException();
  }

  @Test
  void anotherRegionHasItsOwn() {
    assertThat(passing(41)).isEqualTo(40);
    assertThatCode(() -> clients.apiGateway(clients.customer(), "us-west-2").getRestApis())
        .doesNotThrowAnyException();
  }

  private int passing(int requests) {
    int passed = 0;
    for (int i = 0; i < requests; i++) {
      try {
        client.getRestApis();
        passed++;
      } catch (TooManyRequestsException _) {
        // Counted by not being counted.
      }
    }
    return passed;
  }
}
