package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.RetryDelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Runs executions of one Express state machine, each on virtual threads of its own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html">Amazon
 *     States Language</a>
 */
public final class StateMachineRunner implements AutoCloseable {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  private static final Duration LONGEST_EXPRESS = Duration.ofMinutes(5);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String arn;
  private final Definition definition;
  private final Tools tools;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * What an execution needs of the world.
   *
   * @param functions invokes what Task states name; the class name of what it throws is the error's
   *     name, as it is with Lambda, and a {@link LambdaServiceException} stands for an error of
   *     Lambda itself
   * @param clock tells the times of executions; timeouts are real time
   * @param delay waits before a retry
   * @param jitter chooses how long, where the definition asks for jitter
   */
  public record Tools(
      FunctionInvoker functions, InstantSource clock, RetryDelay delay, RandomGenerator jitter) {

    /** Tools that wait in real time. */
    public static Tools real(FunctionInvoker functions) {
      return new Tools(
          functions, InstantSource.system(), Thread::sleep, RandomGenerator.getDefault());
    }
  }

  public StateMachineRunner(String arn, Definition definition, Tools tools) {
    this.arn = arn;
    this.definition = definition;
    this.tools = tools;
  }

  public String arn() {
    return arn;
  }

  /** The ARN of an execution of this name, which need not be the only one. */
  String executionArn(String name, String unique) {
    return arn.replace(":stateMachine:", ":express:") + ":" + name + ":" + unique;
  }

  /**
   * Runs an execution to its end, in this thread's time. It is aborted when this thread is
   * interrupted.
   *
   * @param input JSON
   * @throws IllegalArgumentException if the input is not JSON
   */
  public Execution run(String executionArn, String input) {
    JsonNode json;
    try {
      json = MAPPER.readTree(input);
    } catch (JsonProcessingException _) {
      throw new IllegalArgumentException("The input of an execution must be JSON");
    }
    RunningExecution run = new RunningExecution(executionArn, json, tools, threads);
    Future<JsonNode> result = threads.submit(() -> run.run(definition));
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
    return definition
        .timeout()
        .filter(timeout -> timeout.compareTo(LONGEST_EXPRESS) < 0)
        .orElse(LONGEST_EXPRESS);
  }

  /** Aborts what still runs. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
