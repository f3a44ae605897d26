package io.cloudoperator.platform.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.FunctionInvoker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMachineRunnerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:Test";
  private static final String DO =
      """
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": {"FunctionName": "Do", "Payload.$": "$"}\
      """;

  private final List<Duration> slept = Collections.synchronizedList(new ArrayList<>());

  @Test
  void wrapsTheResultOfAnInvokedFunctionAsTheIntegrationDoes() {
    Execution execution =
        run(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "Do", "Payload": {"b.$": "$.a"}},
                "ResultPath": "$.answer", "End": true}}}
            """,
            "{'a': 1}",
            (_, payload) -> payload);

    assertThat(execution.output())
        .isEqualTo(
            json(
                "{'a': 1, 'answer': {'ExecutedVersion': '$LATEST', 'Payload': {'b': 1}, 'StatusCode': 200}}"));
    assertThat(execution.steps())
        .containsExactly(
            new Execution.Step("Do", json("{'a': 1}"), json("{'b': 1}"), execution.output(), ""));
  }

  @Test
  void runsItemsInTheirOrderWithTheSelectedInput() {
    Execution execution = run(MAP.formatted(2), "{'t': 'x', 'items': [5, 6, 7]}", (_, p) -> p);

    assertThat(execution.output())
        .isEqualTo(json("[{'t': 'x', 'v': 5}, {'t': 'x', 'v': 6}, {'t': 'x', 'v': 7}]"));
  }

  @Test
  void runsAsManyItemsAtOnceAsTheMapAllows() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    Execution execution =
        run(
            MAP.formatted(3),
            "{'t': 1, 'items': [1, 2, 3, 4, 5, 6]}",
            (_, payload) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              together.await(20, TimeUnit.SECONDS);
              now.decrementAndGet();
              return payload;
            });

    assertThat(execution.status()).isEqualTo(Execution.Status.SUCCEEDED);
    assertThat(most).hasValue(3);
  }

  @Test
  void failsAMapWithTheErrorOfItsItem() {
    Execution execution =
        run(
            MAP.formatted(1),
            "{'t': 1, 'items': [1]}",
            (_, _) -> {
              throw new IllegalStateException("broken");
            });

    assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
    assertThat(execution.error()).isEqualTo("java.lang.IllegalStateException");
    assertThat(execution.cause())
        .isEqualTo(
            json("{'errorMessage': 'broken', 'errorType': 'java.lang.IllegalStateException'}"));
  }

  @Test
  void retriesWithGrowingDelaysUntilTheFunctionAnswers() {
    AtomicInteger calls = new AtomicInteger();

    Execution execution =
        run(
            RETRY.formatted("Lambda.TooManyRequestsException", "", DO),
            "{}",
            (_, _) -> {
              if (calls.incrementAndGet() < 4) {
                throw new LambdaServiceException(
                    "Lambda.TooManyRequestsException", "Rate Exceeded.");
              }
              return "{}";
            });

    assertThat(execution.status()).isEqualTo(Execution.Status.SUCCEEDED);
    assertThat(slept)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(5));
  }

  @Test
  void spreadsRetriesUpToTheWholeDelay() {
    AtomicInteger calls = new AtomicInteger();

    run(
        RETRY.formatted("States.ALL", ", \"JitterStrategy\": \"FULL\"", DO),
        "{}",
        (_, _) -> {
          if (calls.incrementAndGet() < 3) {
            throw new IOException("cut");
          }
          return "{}";
        });

    assertThat(slept)
        .satisfiesExactly(
            first -> assertThat(first).isLessThanOrEqualTo(Duration.ofSeconds(2)),
            second -> assertThat(second).isLessThanOrEqualTo(Duration.ofSeconds(4)));
  }

  @Test
  void givesUpWhenTheRetriesAreUsedUp() {
    AtomicInteger calls = new AtomicInteger();

    Execution execution =
        run(
            RETRY.formatted("States.TaskFailed", "", DO),
            "{}",
            (_, _) -> {
              calls.incrementAndGet();
              throw new IOException("cut");
            });

    assertThat(calls).hasValue(4);
    assertThat(execution.error()).isEqualTo("java.io.IOException");
  }

  @Test
  void catchesAnErrorAndPutsItBesideTheInput() {
    Execution execution =
        run(
            CATCH.formatted("States.ALL", 60, DO),
            "{'a': 1}",
            (_, _) -> {
              throw new LambdaServiceException("Lambda.ServiceException", "away");
            });

    assertThat(execution.output())
        .isEqualTo(
            json("{'a': 1, 'failure': {'Error': 'Lambda.ServiceException', 'Cause': 'away'}}"));
  }

  @Test
  void givesUpAFunctionAfterTheTimeoutOfItsState() {
    CountDownLatch never = new CountDownLatch(1);

    Execution execution =
        run(
            CATCH.formatted("States.Timeout", 1, DO),
            "{}",
            (_, _) -> {
              never.await();
              return "{}";
            });

    assertThat(execution.output())
        .isEqualTo(json("{'failure': {'Error': 'States.Timeout', 'Cause': ''}}"));
  }

  @Test
  void endsAnExecutionAtItsOwnTimeout() {
    CountDownLatch never = new CountDownLatch(1);

    Execution execution =
        run(
            """
            {"StartAt": "Do", "TimeoutSeconds": 1, "States": {
              "Do": {%s, "OutputPath": "$.Payload", "End": true}}}
            """,
            "{}",
            (_, _) -> {
              never.await();
              return "{}";
            });

    assertThat(execution.status()).isEqualTo(Execution.Status.TIMED_OUT);
  }

  @ParameterizedTest
  @CsvSource({
    "States.ALL, FAILED",
    "States.TaskFailed, FAILED",
    "States.DataLimitExceeded, SUCCEEDED",
  })
  void catchesAPayloadThatIsTooLargeByItsNameOnly(String caught, Execution.Status status) {
    String large = "\"" + "x".repeat(262_143) + "\"";

    Execution execution = run(CATCH.formatted(caught, 60, DO), "{}", (_, _) -> large);

    assertThat(execution.status()).isEqualTo(status);
  }

  @Test
  void takesAPayloadOfExactlyTheLimit() {
    String large = "\"" + "x".repeat(262_142) + "\"";

    Execution execution =
        run(
            "{\"StartAt\": \"Do\", \"States\": {\"Do\": {%s, \"OutputPath\": \"$.Payload\", \"End\": true}}}",
            "{}", (_, _) -> large);

    assertThat(execution.status()).isEqualTo(Execution.Status.SUCCEEDED);
  }

  @Test
  void neverCatchesARuntimeError() {
    Execution execution =
        run(
            """
            {"StartAt": "Do", "States": {
              "Do": {%s, "ResultPath": "$.x", "OutputPath": "$.absent", "End": true,
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "After"}]},
              "After": {"Type": "Pass", "Parameters": {}, "End": true}}}
            """,
            "{}", (_, payload) -> payload);

    assertThat(execution.error()).isEqualTo("States.Runtime");
  }

  private static final String MAP =
      """
      {"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": %d, "End": true,
          "ItemSelector": {"t.$": "$.t", "v.$": "$$.Map.Item.Value"},
          "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Do", "States": {
            "Do": {%%s, "OutputPath": "$.Payload", "End": true}}}}}}
      """;

  private static final String RETRY =
      """
      {"StartAt": "Do", "States": {
        "Do": {"Retry": [
          {"ErrorEquals": ["Never.This"], "MaxAttempts": 9},
          {"ErrorEquals": ["%s"], "IntervalSeconds": 2, "BackoffRate": 2, "MaxAttempts": 3,
           "MaxDelaySeconds": 5%s}],
          %s, "End": true}}}
      """;

  private static final String CATCH =
      """
      {"StartAt": "Do", "States": {
        "Do": {"Catch": [
          {"ErrorEquals": ["%s"], "ResultPath": "$.failure", "Next": "After"}],
          "TimeoutSeconds": %d, %s, "Next": "Unreached"},
        "Unreached": {"Type": "Pass", "Parameters": {"unreached": true}, "End": true},
        "After": {"Type": "Pass", "Parameters": {"all.$": "$"}, "OutputPath": "$.all", "End": true}}}
      """;

  private Execution run(String definition, String input, FunctionInvoker functions) {
    Definition read = Definition.read(definition.replace("%s", DO));
    var tools =
        new StateMachineRunner.Tools(
            functions, () -> Instant.EPOCH, slept::add, RandomGenerator.of("L64X128MixRandom"));
    try (var runner = new StateMachineRunner(ARN, read, tools)) {
      return runner.run("one", input.replace('\'', '"'));
    }
  }

  private static String json(String text) {
    try {
      JsonNode node = MAPPER.readTree(text.replace('\'', '"'));
      return node.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
