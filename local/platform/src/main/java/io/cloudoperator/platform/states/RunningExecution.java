package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One execution under way. */
final class RunningExecution {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (256 KiB, UTF-8)
  private static final int LARGEST_PAYLOAD = 262_144;

  // https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
  private static final int MOST_ITERATIONS_AT_ONCE = 40;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String arn;
  private final Instant started;
  private final JsonNode input;
  private final StateMachineRunner.Tools tools;
  private final ExecutorService threads;
  private final List<Execution.Step> steps = Collections.synchronizedList(new ArrayList<>());

  RunningExecution(
      String arn, JsonNode input, StateMachineRunner.Tools tools, ExecutorService threads) {
    this.arn = arn;
    this.started = tools.clock().instant();
    this.input = input;
    this.tools = tools;
    this.threads = threads;
  }

  /** Runs the states from the first to the last. */
  JsonNode run(Definition definition) throws StateFailure, InterruptedException {
    return machine(definition, new Scope(input, MissingNode.getInstance()));
  }

  Execution ended(Execution.Status status, String output, String error, String cause) {
    List<Execution.Step> taken;
    synchronized (steps) {
      taken = List.copyOf(steps);
    }
    return new Execution(
        arn,
        status,
        started,
        tools.clock().instant(),
        input.toString(),
        output,
        error,
        cause,
        taken);
  }

  private record Outcome(JsonNode output, Optional<String> next) {}

  /** Where a Task leaves what it gave its function, for the record of its step. */
  private static final class Payload {
    private String json = "";
  }

  @FunctionalInterface
  private interface Attempt {
    JsonNode output() throws StateFailure, InterruptedException;
  }

  /** Runs the states of a machine, or of a Map's processor, from the first to the last. */
  private JsonNode machine(Definition definition, Scope first)
      throws StateFailure, InterruptedException {
    Scope scope = first;
    Optional<String> next = Optional.of(definition.startAt());
    while (next.isPresent()) {
      Outcome outcome = state(next.get(), definition.state(next.get()), scope);
      scope = scope.with(outcome.output());
      next = outcome.next();
    }
    return scope.input();
  }

  private Outcome state(String name, AslState state, Scope scope)
      throws StateFailure, InterruptedException {
    Payload payload = new Payload();
    List<String> errors = new ArrayList<>();
    String output = "";
    try {
      Outcome outcome = left(state, scope, payload, errors);
      output = outcome.output().toString();
      return outcome;
    } catch (StateFailure failure) {
      errors.add(failure.getMessage());
      throw failure;
    } finally {
      steps.add(
          new Execution.Step(
              name, scope.input().toString(), payload.json, output, String.join("\n", errors)));
    }
  }

  private Outcome left(AslState state, Scope scope, Payload payload, List<String> errors)
      throws StateFailure, InterruptedException {
    return switch (state) {
      case AslState.Task task ->
          handled(task.errors(), task.next(), scope, errors, () -> task(task, scope, payload));
      case AslState.ForEach each ->
          handled(each.errors(), each.next(), scope, errors, () -> forEach(each, scope));
      case AslState.Pass(PayloadTemplate parameters, Flow flow, var next) ->
          new Outcome(within(flow.output(scope, parameters.evaluate(scope))), next);
    };
  }

  private Outcome handled(
      AslState.ErrorHandling handling,
      Optional<String> next,
      Scope scope,
      List<String> errors,
      Attempt attempt)
      throws StateFailure, InterruptedException {
    int[] retries = new int[handling.retriers().size()];
    while (true) {
      try {
        return new Outcome(within(attempt.output()), next);
      } catch (StateFailure failure) {
        if (retry(handling.retriers(), retries, failure)) {
          errors.add(failure.getMessage());
          continue;
        }
        for (AslState.Catcher catcher : handling.catchers()) {
          if (AslState.matches(catcher.errors(), failure.error())) {
            errors.add(failure.getMessage());
            ObjectNode error =
                JSON.objectNode().put("Error", failure.error()).put("Cause", failure.reason());
            return new Outcome(
                within(Flow.combined(catcher.resultPath(), scope.input(), error)),
                Optional.of(catcher.next()));
          }
        }
        throw failure;
      }
    }
  }

  /** Waits and returns true if the first retrier that speaks of this error has a retry left. */
  private boolean retry(List<AslState.Retrier> retriers, int[] retries, StateFailure failure)
      throws InterruptedException {
    for (int i = 0; i < retries.length; i++) {
      AslState.Retrier retrier = retriers.get(i);
      if (AslState.matches(retrier.errors(), failure.error())) {
        if (retries[i] >= retrier.maxAttempts()) {
          return false;
        }
        Duration delay = retrier.delay(++retries[i]);
        if (retrier.fullJitter()) {
          delay = Duration.ofMillis(tools.jitter().nextLong(delay.toMillis() + 1));
        }
        tools.delay().await(delay);
        return true;
      }
    }
    return false;
  }

  private JsonNode task(AslState.Task task, Scope scope, Payload payload)
      throws StateFailure, InterruptedException {
    payload.json = within(task.parameters().evaluate(scope).path("Payload")).toString();
    ObjectNode answer = JSON.objectNode().put("ExecutedVersion", "$LATEST");
    answer.set("Payload", invoke(task.function(), payload.json, task.timeout()));
    answer.put("StatusCode", 200);
    return task.flow().output(scope, answer);
  }

  private JsonNode invoke(String function, String payload, Duration timeout)
      throws StateFailure, InterruptedException {
    Future<String> answer = threads.submit(() -> tools.functions().invoke(function, payload));
    try {
      return within(MAPPER.readTree(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (TimeoutException _) {
      throw new StateFailure(StateFailure.TIMEOUT, "");
    } catch (JsonProcessingException _) {
      throw new StateFailure(
          StateFailure.RUNTIME, "The function " + function + " did not answer with JSON");
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      answer.cancel(true);
    }
  }

  private static StateFailure failure(ExecutionException thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return switch (cause) {
      case LambdaServiceException service ->
          new StateFailure(service.error(), String.valueOf(service.getMessage()));
      case VirtualMachineError _ ->
          new StateFailure("Lambda.Unknown", "The function could not finish");
      default -> {
        // What the Java runtime of Lambda reports.
        ObjectNode report =
            JSON.objectNode()
                .put("errorMessage", cause.getMessage())
                .put("errorType", cause.getClass().getName());
        yield new StateFailure(cause.getClass().getName(), report.toString());
      }
    };
  }

  private JsonNode forEach(AslState.ForEach each, Scope scope)
      throws StateFailure, InterruptedException {
    JsonNode items = each.itemsPath().get(scope);
    if (!items.isArray()) {
      throw new StateFailure(
          StateFailure.RUNTIME, "The path " + each.itemsPath().text() + " is not an array");
    }
    JsonNode[] results = new JsonNode[items.size()];
    Arrays.fill(results, MissingNode.getInstance());
    iterate(each, scope, items, results);
    ArrayNode result = JSON.arrayNode();
    Arrays.asList(results).forEach(result::add);
    return each.flow().output(scope, result);
  }

  /** As many workers as may run at once take the items in turn; the first failure ends them all. */
  private void iterate(AslState.ForEach each, Scope scope, JsonNode items, JsonNode[] results)
      throws StateFailure, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    int atOnce = Math.min(each.maxConcurrency(), MOST_ITERATIONS_AT_ONCE);
    CompletionService<Boolean> workers = new ExecutorCompletionService<>(threads);
    List<Future<Boolean>> started = new ArrayList<>();
    try {
      for (int w = 0; w < Math.min(atOnce, items.size()); w++) {
        started.add(
            workers.submit(() -> {
              for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                Scope item = new Scope(scope.input(), items.get(i));
                JsonNode selected = within(each.itemSelector().evaluate(item));
                results[i] = machine(each.processor(), item.with(selected));
              }
              return true;
            }));
      }
      for (int w = 0; w < started.size(); w++) {
        workers.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StateFailure failure) {
        throw failure;
      }
      throw new IllegalStateException("The runner itself failed", e.getCause());
    } finally {
      started.forEach(worker -> worker.cancel(true));
    }
  }

  private static JsonNode within(JsonNode payload) throws StateFailure {
    if (payload.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_PAYLOAD) {
      throw new StateFailure(
          StateFailure.DATA_LIMIT, "The payload is larger than " + LARGEST_PAYLOAD + " bytes");
    }
    return payload;
  }
}
