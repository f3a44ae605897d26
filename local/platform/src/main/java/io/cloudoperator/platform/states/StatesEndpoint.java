package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.JsonEndpoint;
import io.cloudoperator.platform.JsonEndpoint.Refusal;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Speaks as much of the wire protocol of Step Functions as starts executions: {@code
 * StartExecution} of Express state machines, whose executions may share a name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
 */
public final class StatesEndpoint implements AutoCloseable {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  private static final int LARGEST_INPUT = 262_144;

  /**
   * So many executions at once; more wait for their turn. A laptop has a few processors where
   * Lambda has thousands, and timeouts that hold there should not fail because all share them.
   */
  private static final int AT_ONCE = 32;

  private static final Pattern NAME =
      Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, StateMachineRunner> machines = new HashMap<>();
  private final Consumer<Execution> ended;
  private final JsonEndpoint server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private int running;

  private StatesEndpoint(Collection<StateMachineRunner> machines, Consumer<Execution> ended)
      throws IOException {
    machines.forEach(machine -> this.machines.put(machine.arn(), machine));
    this.ended = ended;
    this.server = JsonEndpoint.start("AWSStepFunctions.StartExecution", this::start);
  }

  /**
   * Starts it on a free port of the loopback interface.
   *
   * @param ended is told of each execution when it has ended, on the execution's thread
   */
  public static StatesEndpoint start(
      Collection<StateMachineRunner> machines, Consumer<Execution> ended) throws IOException {
    return new StatesEndpoint(machines, ended);
  }

  public URI url() {
    return server.url();
  }

  private ObjectNode start(JsonNode request) throws Refusal {
    String machineArn = request.path("stateMachineArn").asText();
    StateMachineRunner machine = machines.get(machineArn);
    if (machine == null) {
      throw new Refusal("StateMachineDoesNotExist", "There is no state machine " + machineArn);
    }
    String input = request.path("input").asText("{}");
    if (input.getBytes(StandardCharsets.UTF_8).length > LARGEST_INPUT || !json(input)) {
      throw new Refusal("InvalidExecutionInput", "The input must be JSON of at most 256 KiB");
    }
    String unique = UUID.randomUUID().toString();
    String name = request.path("name").asText(unique);
    if (!NAME.matcher(name).matches()) {
      throw new Refusal("InvalidName", "The name of an execution must not be " + name);
    }
    String arn = machine.executionArn(name, unique);
    lock.lock();
    try {
      running++;
      threads.execute(() -> execute(machine, arn, input));
    } finally {
      lock.unlock();
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("executionArn", arn)
        .put("startDate", Instant.now().toEpochMilli() / 1000.0);
  }

  private void execute(StateMachineRunner machine, String arn, String input) {
    turns.acquireUninterruptibly();
    try {
      ended.accept(machine.run(arn, input));
    } finally {
      turns.release();
      lock.lock();
      try {
        running--;
        idle.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static boolean json(String text) {
    try {
      return !MAPPER.readTree(text).isMissingNode();
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  /** Whether no execution is running. */
  public boolean isIdle() {
    lock.lock();
    try {
      return running == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when no execution is running. */
  public void awaitIdle() throws InterruptedException {
    lock.lock();
    try {
      while (running > 0) {
        idle.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more requests, and returns when every execution has ended. */
  @Override
  public void close() {
    server.close();
    threads.close();
  }
}
