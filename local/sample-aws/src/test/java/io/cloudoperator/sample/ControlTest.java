package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.sample.control.LoggedRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

final class ControlTest {

  private SampleAws aws;
  private Ec2Client ec2;

  @BeforeEach
  void start() throws Exception {
    aws =
        SampleAws.start(
            SampleConfig.defaults()
                .withLatency(region -> Duration.ofMillis(region.equals("eu-west-1") ? 60 : 0)));
    Clients clients = new Clients(aws);
    ec2 = clients.ec2(clients.customer(), "us-east-1");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void throttlesAsOftenAsItIsTold() {
    aws.faults().next("ec2", "DescribeRegions", "us-east-1", Fault.throttle(2));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> ec2.describeRegions())
          .isInstanceOfSatisfying(
              Ec2Exception.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(503);
                assertThat(e.isThrottlingException()).isTrue();
              });
    }
    assertThat(ec2.describeRegions().regions()).isNotEmpty();
  }

  @Test
  void failsEveryCallOfAnyOperationUntilItIsForgiven() {
    aws.faults().next("ec2", Faults.ANY, Faults.ANY, Fault.internalError().always());
    assertThatThrownBy(() -> ec2.describeRegions()).hasMessageContaining("Status Code: 500");
    assertThatThrownBy(() -> ec2.describeInstances()).hasMessageContaining("Status Code: 500");
    aws.faults().clear();
    assertThat(ec2.describeRegions().regions()).isNotEmpty();
  }

  @Test
  void leavesOtherRegionsAlone() {
    aws.faults().next("ec2", "DescribeRegions", "us-east-2", Fault.unauthorized());
    assertThat(ec2.describeRegions().regions()).isNotEmpty();
  }

  @Test
  void breaksAnAnswerOff() {
    aws.faults().next("ec2", "DescribeInstances", "us-east-1", Fault.truncated());
    assertThatThrownBy(() -> ec2.describeInstances()).isInstanceOf(SdkClientException.class);
    assertThat(ec2.describeInstances().hasReservations()).isTrue();
  }

  @Test
  void logsEachRequestUnderTheIdThatItsAnswerHas() {
    DescribeRegionsResponse answer = ec2.describeRegions();
    LoggedRequest logged = aws.requests().of("ec2", "DescribeRegions").getFirst();
    assertThat(logged.requestId()).isEqualTo(answer.responseMetadata().requestId());
    assertThat(logged.accessKeyId()).isEqualTo(aws.customerCredentials().accessKeyId());
    assertThat(logged.region()).isEqualTo("us-east-1");
    assertThat(logged.status()).isEqualTo(200);
  }

  @Test
  void answersAsLateAsTheRegionIsFar() {
    Clients clients = new Clients(aws);
    Instant before = Instant.now();
    clients.ec2(clients.customer(), "eu-west-1").describeRegions();
    assertThat(Duration.between(before, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(60));
  }
}
