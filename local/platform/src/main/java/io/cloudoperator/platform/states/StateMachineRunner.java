package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Runs executions of one state machine, each on virtual threads of its own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html">Amazon
 *     States Language</a>
 */
public final class StateMachineRunner implements AutoCloseable {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  private static final Duration LONGEST_EXPRESS = Duration.ofMinutes(5);

  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  private static final Duration LONGEST_STANDARD = Duration.ofDays(365);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String arn;
  private final boolean express;
  private final Definition definition;
  private final Tools tools;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * What an execution needs of the world.
   *
   * @param functions invokes what Task states name; the class name of what it throws is the error's
   *     name, as it is with Lambda, and a {@link LambdaServiceException} stands for an error of
   *     Lambda itself
   * @param clock tells the times in the context object and of executions; timeouts are real time
   * @param sleeper waits before a retry
   * @param jitter chooses how long, where the definition asks for jitter
   */
  public record Tools(
      FunctionInvoker functions, InstantSource clock, Sleeper sleeper, RandomGenerator jitter) {

    /** Tools that wait in real time. */
    public static Tools real(FunctionInvoker functions) {
      return new Tools(
          functions, InstantSource.system(), Thread::sleep, RandomGenerator.getDefault());
    }
  }

  public StateMachineRunner(String arn, boolean express, Definition definition, Tools tools) {
    this.arn = arn;
    this.express = express;
    this.definition = definition;
    this.tools = tools;
  }

  public String arn() {
    return arn;
  }

  boolean express() {
    return express;
  }

  /** The ARN of an execution of this name. */
  String executionArn(String name, String unique) {
    return express
        ? arn.replace(":stateMachine:", ":express:") + ":" + name + ":" + unique
        : arn.replace(":stateMachine:", ":execution:") + ":" + name;
  }

  /**
   * Runs an execution to its end, in this thread's time. It is aborted when this thread is
   * interrupted.
   *
   * @param input JSON
   * @throws IllegalArgumentException if the input is not JSON
   */
  public Execution run(String name, String input) {
    return run(executionArn(name, "0"), name, input);
  }

  Execution run(String executionArn, String name, String input) {
    JsonNode json;
    try {
      json = MAPPER.readTree(input);
    } catch (JsonProcessingException _) {
      throw new IllegalArgumentException("The input of an execution must be JSON");
    }
    Instant started = tools.clock().instant();
    Run run = new Run(arn, executionArn, name, started, json, tools, threads);
    Future<JsonNode> result = threads.submit(() -> run.machine(definition, json, Run.NO_ITEM));
    try {
      String output = result.get(longest().toMillis(), TimeUnit.MILLISECONDS).toString();
      return run.ended(Execution.Status.SUCCEEDED, output, "", "");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StateFailure failure) {
        return run.ended(Execution.Status.FAILED, "", failure.error(), failure.reason());
      }
      throw new IllegalStateException("The runner itself failed", e.getCause());
    } catch (TimeoutException _) {
      return run.ended(Execution.Status.TIMED_OUT, "", StateFailure.TIMEOUT, "");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return run.ended(Execution.Status.ABORTED, "", "", "");
    } finally {
      result.cancel(true);
    }
  }

  private Duration longest() {
    Duration limit = express ? LONGEST_EXPRESS : LONGEST_STANDARD;
    return definition.timeout().filter(timeout -> timeout.compareTo(limit) < 0).orElse(limit);
  }

  /** Aborts what still runs. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
