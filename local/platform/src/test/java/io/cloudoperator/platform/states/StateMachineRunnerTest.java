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
  private static final String DO = "arn:aws:lambda:us-east-1:000000000000:function:Do";

  private final List<Duration> slept = Collections.synchronizedList(new ArrayList<>());

  @Test
  void passesTheResultOfAFunctionOn() {
    Execution execution =
        run(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "%s", "ResultPath": "$.done", "End": true}}}
            """,
            "{'a': 1}",
            (function, payload) ->
                "{\"function\": \"" + function + "\", \"got\": " + payload + "}");

    assertThat(execution.status()).isEqualTo(Execution.Status.SUCCEEDED);
    assertThat(execution.output())
        .isEqualTo(json("{'a': 1, 'done': {'function': '" + DO + "', 'got': {'a': 1}}}"));
  }

  @Test
  void wrapsTheResultOfAnInvokedFunctionAsTheIntegrationDoes() {
    Execution execution =
        run(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "%s", "Payload": {"b.$": "$.a", "name.$": "$$.Execution.Name"}},
                "ResultSelector": {"version.$": "$.ExecutedVersion", "payload.$": "$.Payload"},
                "OutputPath": "$.payload", "End": true}}}
            """,
            "{'a': 1}", (_, payload) -> payload);

    assertThat(execution.output()).isEqualTo(json("{'b': 1, 'name': 'one'}"));
    assertThat(execution.steps())
        .containsExactly(
            new Execution.Step(
                "Do", json("{'a': 1}"), json("{'b': 1, 'name': 'one'}"), execution.output(), ""));
  }

  @Test
  void runsItemsInTheirOrderWithTheSelectedInput() {
    Execution execution = run(MAP.formatted(2), "{'t': 'x', 'items': [5, 6, 7]}", (_, p) -> p);

    assertThat(execution.output())
        .isEqualTo(
            json(
                "[{'t': 'x', 'i': 0, 'v': 5}, {'t': 'x', 'i': 1, 'v': 6}, {'t': 'x', 'i': 2, 'v': 7}]"));
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
            MAP.formatted(0),
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
            RETRY.formatted("Lambda.TooManyRequestsException", "NONE", DO),
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
        RETRY.formatted("States.ALL", "FULL", DO),
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
            RETRY.formatted("States.TaskFailed", "NONE", DO),
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
              "Do": {"Type": "Task", "Resource": "%s", "End": true}}}
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
            "{\"StartAt\": \"Do\", \"States\": {\"Do\": {\"Type\": \"Task\", \"Resource\": \"%s\", \"End\": true}}}",
            "{}", (_, _) -> large);

    assertThat(execution.status()).isEqualTo(Execution.Status.SUCCEEDED);
  }

  @Test
  void neverCatchesARuntimeError() {
    Execution execution =
        run(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "%s", "InputPath": "$.absent", "End": true,
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "After"}]},
              "After": {"Type": "Succeed"}}}
            """,
            "{}", (_, payload) -> payload);

    assertThat(execution.error()).isEqualTo("States.Runtime");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind': 'a', 'n': 3}|small",
        "{'kind': 'a', 'n': 30}|large",
        "{'kind': 'b', 'n': 3}|other",
        "{'n': 3}|none",
      })
  void choosesTheFirstBranchThatHolds(String input, String chosen) {
    Execution execution =
        run(
            """
            {"StartAt": "Which", "States": {
              "Which": {"Type": "Choice", "Default": "Other", "Choices": [
                {"Variable": "$.kind", "IsPresent": false, "Next": "None"},
                {"And": [{"Variable": "$.kind", "StringEquals": "a"},
                         {"Not": {"Variable": "$.n", "NumericGreaterThan": 10}}], "Next": "Small"},
                {"Variable": "$.kind", "StringMatches": "a*", "Next": "Large"}]},
              "None": {"Type": "Pass", "Result": "none", "End": true},
              "Small": {"Type": "Pass", "Result": "small", "End": true},
              "Large": {"Type": "Pass", "Result": "large", "End": true},
              "Other": {"Type": "Pass", "Result": "other", "End": true}}}
            """,
            input,
            (_, payload) -> payload);

    assertThat(execution.output()).isEqualTo("\"" + chosen + "\"");
  }

  @Test
  void evaluatesTheSimpleIntrinsicFunctions() {
    Execution execution =
        run(
            """
            {"StartAt": "Do", "States": {"Do": {"Type": "Pass", "End": true, "Parameters": {
              "text.$": "States.Format('{} of {}, it\\\\'s {}', $.a, States.ArrayLength($.list), States.JsonToString($.list))",
              "json.$": "States.StringToJson('[1,2]')",
              "array.$": "States.Array($.a, 5)"}}}}
            """,
            "{'a': 1, 'list': [1, 2]}",
            (_, payload) -> payload);

    assertThat(execution.output())
        .isEqualTo("{\"text\":\"1 of 2, it's [1,2]\",\"json\":[1,2],\"array\":[1,5]}");
  }

  @Test
  void formatsNoObjects() {
    Execution execution =
        run(
            """
            {"StartAt": "Do", "States": {"Do": {"Type": "Pass", "End": true,
              "Parameters": {"text.$": "States.Format('{}', $)"}}}}
            """,
            "{}",
            (_, payload) -> payload);

    assertThat(execution.error()).isEqualTo("States.IntrinsicFailure");
  }

  @Test
  void failsWithTheErrorOfAFailState() {
    Execution execution =
        run(
            """
            {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Mine", "Cause": "because"}}}
            """,
            "{}",
            (_, payload) -> payload);

    assertThat(execution.error()).isEqualTo("Mine");
    assertThat(execution.cause()).isEqualTo("because");
  }

  private static final String MAP =
      """
      {"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": %d, "End": true,
          "ItemSelector": {"t.$": "$.t", "i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value"},
          "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Do", "States": {
            "Do": {"Type": "Task", "Resource": "%%s", "End": true}}}}}}
      """;

  private static final String RETRY =
      """
      {"StartAt": "Do", "States": {
        "Do": {"Type": "Task", "Retry": [
          {"ErrorEquals": ["Never.This"], "MaxAttempts": 9},
          {"ErrorEquals": ["%s"], "IntervalSeconds": 2, "BackoffRate": 2, "MaxAttempts": 3,
           "MaxDelaySeconds": 5, "JitterStrategy": "%s"}],
          "Resource": "%s", "End": true}}}
      """;

  private static final String CATCH =
      """
      {"StartAt": "Do", "States": {
        "Do": {"Type": "Task", "Catch": [
          {"ErrorEquals": ["%s"], "ResultPath": "$.failure", "Next": "After"}],
          "TimeoutSeconds": %d, "Resource": "%s", "Next": "Unreached"},
        "Unreached": {"Type": "Fail"},
        "After": {"Type": "Succeed"}}}
      """;

  private Execution run(String definition, String input, FunctionInvoker functions) {
    Definition read = Definition.read(definition.replace("%s", DO));
    var tools =
        new StateMachineRunner.Tools(
            functions, () -> Instant.EPOCH, slept::add, RandomGenerator.of("L64X128MixRandom"));
    try (var runner = new StateMachineRunner(ARN, true, read, tools)) {
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
