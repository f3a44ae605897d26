package io.cloudoperator.platform.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/** By the SDK's own client. */
class StatesEndpointTest {
  private static final String EXPRESS = "arn:aws:states:us-east-1:000000000000:stateMachine:Fast";

  private final LinkedBlockingQueue<Execution> ended = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final StatesEndpoint endpoint = endpoint();
  private final SfnClient client =
      SfnClient.builder()
          .endpointOverride(endpoint.url())
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
          .httpClient(UrlConnectionHttpClient.create())
          .build();

  private StatesEndpoint endpoint() {
    Definition definition =
        Definition.read(
            """
            {"StartAt": "Do", "States": {"Do": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::lambda:invoke", "OutputPath": "$.Payload",
              "Parameters": {"FunctionName": "Do", "Payload.$": "$"}}}}
            """);
    var tools =
        StateMachineRunner.Tools.real((_, payload) -> {
          release.await();
          return payload;
        });
    try {
      return StatesEndpoint.start(
          List.of(new StateMachineRunner(EXPRESS, definition, tools)), ended::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void nothingHasEnded() {
    assertThat(ended).isEmpty();
  }

  @AfterEach
  void close() {
    release.countDown();
    client.close();
    endpoint.close();
  }

  private StartExecutionResponse start(String machine, String name, String input) {
    return client.startExecution(s -> s.stateMachineArn(machine).name(name).input(input));
  }

  @Test
  void startsAnExecutionThatRunsInTheBackground() throws InterruptedException {
    String arn = start(EXPRESS, "one", "{\"a\":1}").executionArn();
    assertThat(ended).isEmpty();
    release.countDown();
    endpoint.awaitIdle();

    assertThat(ended)
        .singleElement()
        .satisfies(execution -> {
          assertThat(execution.arn()).isEqualTo(arn);
          assertThat(execution.output()).isEqualTo("{\"a\":1}");
        });
  }

  @Test
  void waitsForExecutionsWhenItIsClosed() {
    start(EXPRESS, "one", "{}");
    release.countDown();
    endpoint.close();

    assertThat(ended).hasSize(1);
  }

  @Test
  void startsAnExpressExecutionOfTheSameNameAgain() {
    assertThat(start(EXPRESS, "one", "{}").executionArn())
        .isNotEqualTo(start(EXPRESS, "one", "{}").executionArn());
  }

  @Test
  void refusesWhatStepFunctionsRefuses() {
    assertThatThrownBy(() -> start(EXPRESS + "x", "one", "{}"))
        .isInstanceOf(StateMachineDoesNotExistException.class);
    assertThatThrownBy(() -> start(EXPRESS, "one two", "{}"))
        .isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> start(EXPRESS, "one", "{"))
        .isInstanceOf(InvalidExecutionInputException.class);
  }

  @Test
  void refusesOperationsThatItDoesNotKnow() {
    assertThatThrownBy(client::listStateMachines)
        .isInstanceOf(SfnException.class)
        .hasMessageContaining("AWSStepFunctions.ListStateMachines is not known here");
  }
}
