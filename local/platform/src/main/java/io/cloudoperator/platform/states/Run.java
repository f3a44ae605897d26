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
final class Run {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (256 KiB, UTF-8)
  private static final int LARGEST_PAYLOAD = 262_144;

  // https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
  private static final int MOST_ITERATIONS_AT_ONCE = 40;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Stands for the item where there is no Map around a state. */
  static final JsonNode NO_ITEM = MissingNode.getInstance();

  private final String machineArn;
  private final String arn;
  private final String name;
  private final Instant started;
  private final JsonNode input;
  private final StateMachineRunner.Tools tools;
  private final ExecutorService threads;
  private final List<Execution.Step> steps = Collections.synchronizedList(new ArrayList<>());

  Run(
      String machineArn,
      String arn,
      String name,
      Instant started,
      JsonNode input,
      StateMachineRunner.Tools tools,
      ExecutorService threads) {
    this.machineArn = machineArn;
    this.arn = arn;
    this.name = name;
    this.started = started;
    this.input = input;
    this.tools = tools;
    this.threads = threads;
  }

  Execution ended(Execution.Status status, String output, String error, String cause) {
    List<Execution.Step> taken;
    synchronized (steps) {
      taken = List.copyOf(steps);
    }
    return new Execution(
        arn,
        name,
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
    JsonNode output(Scope scope) throws StateFailure, InterruptedException;
  }

  /** Runs the states of a machine, or of a Map's processor, from the first to the last. */
  JsonNode machine(Definition definition, JsonNode first, JsonNode item)
      throws StateFailure, InterruptedException {
    JsonNode data = first;
    Optional<String> next = Optional.of(definition.startAt());
    while (next.isPresent()) {
      Outcome outcome = state(next.get(), definition.state(next.get()), data, item);
      data = outcome.output();
      next = outcome.next();
    }
    return data;
  }

  private Outcome state(String state, State kind, JsonNode data, JsonNode item)
      throws StateFailure, InterruptedException {
    Scope scope = new Scope(data, context(state, item));
    Payload payload = new Payload();
    List<String> errors = new ArrayList<>();
    String output = "";
    try {
      Outcome outcome = left(kind, scope, payload, errors);
      output = outcome.output().toString();
      return outcome;
    } catch (StateFailure failure) {
      errors.add(failure.getMessage());
      throw failure;
    } finally {
      steps.add(
          new Execution.Step(
              state, data.toString(), payload.json, output, String.join("\n", errors)));
    }
  }

  private Outcome left(State kind, Scope scope, Payload payload, List<String> errors)
      throws StateFailure, InterruptedException {
    return switch (kind) {
      case State.Task task ->
          handled(
              task.errors(), task.next(), scope, errors, attempt -> task(task, attempt, payload));
      case State.ForEach each ->
          handled(each.errors(), each.next(), scope, errors, attempt -> forEach(each, attempt));
      case State.Pass(var result, Flow flow, var next) -> {
        JsonNode given = flow.effectiveInput(scope);
        yield new Outcome(within(flow.output(scope, result.orElse(given))), next);
      }
      case State.Choice choice -> choice(choice, scope);
      case State.Succeed(Flow flow) ->
          new Outcome(within(flow.output(scope, flow.selectedInput(scope))), Optional.empty());
      case State.Fail(String error, String cause) -> throw new StateFailure(error, cause);
    };
  }

  private static Outcome choice(State.Choice choice, Scope scope) throws StateFailure {
    JsonNode given = choice.flow().selectedInput(scope);
    JsonNode output = choice.flow().output(scope, given);
    for (State.Branch branch : choice.branches()) {
      if (branch.rule().holds(scope.with(given))) {
        return new Outcome(output, Optional.of(branch.next()));
      }
    }
    if (choice.otherwise().isEmpty()) {
      throw new StateFailure(
          "States.NoChoiceMatched", "No choice matched, and there is no default");
    }
    return new Outcome(output, choice.otherwise());
  }

  private Outcome handled(
      State.ErrorHandling handling,
      Optional<String> next,
      Scope scope,
      List<String> errors,
      Attempt attempt)
      throws StateFailure, InterruptedException {
    int[] retries = new int[handling.retriers().size()];
    while (true) {
      try {
        return new Outcome(within(attempt.output(retried(scope, retries))), next);
      } catch (StateFailure failure) {
        if (retry(handling.retriers(), retries, failure)) {
          errors.add(failure.getMessage());
          continue;
        }
        for (State.Catcher catcher : handling.catchers()) {
          if (State.matches(catcher.errors(), failure.error())) {
            errors.add(failure.getMessage());
            ObjectNode error =
                JSON.objectNode().put("Error", failure.error()).put("Cause", failure.reason());
            JsonNode output =
                catcher.resultPath().isPresent()
                    ? catcher.resultPath().get().put(scope.input(), error)
                    : scope.input();
            return new Outcome(within(output), Optional.of(catcher.next()));
          }
        }
        throw failure;
      }
    }
  }

  /** Waits and returns true if the first retrier that speaks of this error has a retry left. */
  private boolean retry(List<State.Retrier> retriers, int[] retries, StateFailure failure)
      throws InterruptedException {
    for (int i = 0; i < retries.length; i++) {
      State.Retrier retrier = retriers.get(i);
      if (State.matches(retrier.errors(), failure.error())) {
        if (retries[i] >= retrier.maxAttempts()) {
          return false;
        }
        Duration delay = retrier.delay(++retries[i]);
        if (retrier.fullJitter()) {
          delay = Duration.ofMillis(tools.jitter().nextLong(delay.toMillis() + 1));
        }
        tools.sleeper().sleep(delay);
        return true;
      }
    }
    return false;
  }

  private static Scope retried(Scope scope, int[] retries) {
    ObjectNode context = scope.context().deepCopy();
    context.withObject("/State").put("RetryCount", Arrays.stream(retries).sum());
    return new Scope(scope.input(), context);
  }

  private JsonNode task(State.Task task, Scope scope, Payload payload)
      throws StateFailure, InterruptedException {
    JsonNode given = within(task.flow().effectiveInput(scope));
    if (task.function().isPresent()) {
      payload.json = given.toString();
      JsonNode answer = invoke(task.function().get(), payload.json, task.timeout());
      return task.flow().output(scope, answer);
    }
    payload.json = given.path("Payload").toString();
    ObjectNode answer = JSON.objectNode().put("ExecutedVersion", "$LATEST");
    answer.set(
        "Payload", invoke(given.path("FunctionName").asText(), payload.json, task.timeout()));
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
      throw StateFailure.runtime("The function " + function + " did not answer with JSON");
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

  private JsonNode forEach(State.ForEach each, Scope scope)
      throws StateFailure, InterruptedException {
    JsonNode given = each.flow().selectedInput(scope);
    JsonNode items = each.itemsPath().get(scope.with(given));
    if (!items.isArray()) {
      throw StateFailure.runtime("The path " + each.itemsPath().text() + " is not an array");
    }
    JsonNode[] results = new JsonNode[items.size()];
    Arrays.fill(results, MissingNode.getInstance());
    iterate(each, scope.with(given), items, results);
    ArrayNode result = JSON.arrayNode();
    Arrays.asList(results).forEach(result::add);
    return each.flow().output(scope, result);
  }

  /** As many workers as may run at once take the items in turn; the first failure ends them all. */
  private void iterate(State.ForEach each, Scope scope, JsonNode items, JsonNode[] results)
      throws StateFailure, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    int atOnce = each.maxConcurrency() == 0 ? MOST_ITERATIONS_AT_ONCE : each.maxConcurrency();
    CompletionService<Boolean> workers = new ExecutorCompletionService<>(threads);
    List<Future<Boolean>> started = new ArrayList<>();
    try {
      for (int w = 0; w < Math.min(atOnce, Math.min(items.size(), MOST_ITERATIONS_AT_ONCE)); w++) {
        started.add(
            workers.submit(() -> {
              for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                results[i] = iteration(each, scope, items.get(i), i);
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

  private JsonNode iteration(State.ForEach each, Scope scope, JsonNode value, int index)
      throws StateFailure, InterruptedException {
    ObjectNode item = JSON.objectNode().put("Index", index).set("Value", value);
    ObjectNode context = scope.context().deepCopy();
    context.putObject("Map").set("Item", item);
    JsonNode given =
        each.itemSelector().isPresent()
            ? each.itemSelector().get().evaluate(new Scope(scope.input(), context))
            : value;
    return machine(each.processor(), within(given), item);
  }

  private ObjectNode context(String state, JsonNode item) {
    ObjectNode context = JSON.objectNode();
    ObjectNode execution = context.putObject("Execution");
    execution.put("Id", arn).put("Name", name).put("StartTime", started.toString());
    execution.set("Input", input);
    context
        .putObject("StateMachine")
        .put("Id", machineArn)
        .put("Name", machineArn.substring(machineArn.lastIndexOf(':') + 1));
    context
        .putObject("State")
        .put("Name", state)
        .put("EnteredTime", tools.clock().instant().toString())
        .put("RetryCount", 0);
    if (!item.isMissingNode()) {
      context.putObject("Map").set("Item", item);
    }
    return context;
  }

  private static JsonNode within(JsonNode payload) throws StateFailure {
    if (payload.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_PAYLOAD) {
      throw new StateFailure(
          StateFailure.DATA_LIMIT, "The payload is larger than " + LARGEST_PAYLOAD + " bytes");
    }
    return payload;
  }
}
