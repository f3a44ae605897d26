package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.cloudoperator.platform.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (1 MiB a request)
  private static final int LARGEST_REQUEST = 1_048_576;

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
  private final LoopbackServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private int running;

  private StatesEndpoint(Collection<StateMachineRunner> machines, Consumer<Execution> ended)
      throws IOException {
    machines.forEach(machine -> this.machines.put(machine.arn(), machine));
    this.ended = ended;
    this.server = LoopbackServer.start(0, Duration.ofSeconds(1), this::handle);
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

  /** The endpoint for a client of Step Functions. */
  public URI url() {
    return server.url();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
      Answer answer;
      try {
        String target =
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
        if (!target.equals("AWSStepFunctions.StartExecution")) {
          throw new Refusal("UnknownOperationException", target + " is not known here");
        }
        answer = new Answer(200, start(MAPPER.readTree(body)));
      } catch (JsonProcessingException _) {
        answer = new Refusal("SerializationException", "The request is not JSON").answer();
      } catch (Refusal refusal) {
        answer = refusal.answer();
      }
      byte[] bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private record Answer(int status, JsonNode body) {}

  private static final class Refusal extends Exception {
    private final String code;

    Refusal(String code, String message) {
      super(message);
      this.code = code;
    }

    Answer answer() {
      return new Answer(
          400,
          JsonNodeFactory.instance
              .objectNode()
              .put("__type", "com.amazonaws.swf.service.v2.model#" + code)
              .put("message", getMessage()));
    }
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
