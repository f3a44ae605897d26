package io.cloudoperator.bench.cold;

import com.sun.net.httpserver.HttpExchange;
import io.cloudoperator.platform.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As much of Lambda's runtime API as one execution environment asks for: one event, one answer, and
 * the restore of SnapStart between init and event. It takes the times.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";

  private final byte[] event;
  private final String credentials;
  private final LoopbackServer server;
  private final AtomicLong initialized = new AtomicLong();
  private final AtomicLong invoked = new AtomicLong();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /**
   * What came of the event. Times are those of {@link System#nanoTime}.
   *
   * @param initialized when init was over: the runtime asked for an event, or to be restored
   * @param invoked when it was given the event, or was let go on to ask for it
   * @param answered when the answer was here, whole
   */
  record Answer(String body, long initialized, long invoked, long answered) {}

  /**
   * Starts it on a free port.
   *
   * @param credentials what the container's credentials endpoint answers, which is where a restored
   *     function finds those of its role
   */
  RuntimeApi(byte[] event, String credentials) throws IOException {
    this.event = event;
    this.credentials = credentials;
    this.server = LoopbackServer.start(0, Duration.ZERO, this::handle);
  }

  /** For {@code AWS_LAMBDA_RUNTIME_API}. */
  String authority() {
    return server.url().getAuthority();
  }

  /** For {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}. */
  URI credentialsEndpoint() {
    return server.url().resolve("/credentials");
  }

  /**
   * Waits for the answer.
   *
   * @throws IOException if an error was reported, or the process ended or took too long
   */
  Answer await(Process process, Duration longest) throws IOException, InterruptedException {
    var _ =
        process
            .onExit()
            .thenAccept(ended ->
                answer.completeExceptionally(
                    new IOException("it ended with " + ended.exitValue())));
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it gave no answer in " + longest, e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("/credentials")) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      send(exchange, 200, credentials.getBytes(StandardCharsets.UTF_8));
    } else if (path.equals(PREFIX + "invocation/next")) {
      // There is no second event: who asks for it waits, as an idle environment does.
      if (!answer.isDone()) {
        initialized.compareAndSet(0, now);
        invoked.compareAndSet(0, now);
        about().forEach(exchange.getResponseHeaders()::set);
        send(exchange, 200, event);
      }
    } else if (path.equals(PREFIX + "restore/next")) {
      // Here Lambda takes the snapshot, and answers each time that it restores from it.
      initialized.compareAndSet(0, now);
      invoked.compareAndSet(0, System.nanoTime());
      send(exchange, 200, new byte[0]);
    } else {
      if (path.endsWith("/response")) {
        answer.complete(new Answer(body, initialized.get(), invoked.get(), System.nanoTime()));
      } else {
        answer.completeExceptionally(new IOException(path + ": " + body));
      }
      send(exchange, 202, new byte[0]);
    }
  }

  private static Map<String, String> about() {
    return Map.of(
        "Lambda-Runtime-Aws-Request-Id",
        UUID.randomUUID().toString(),
        "Lambda-Runtime-Deadline-Ms",
        String.valueOf(Instant.now().plusSeconds(180).toEpochMilli()),
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:111122223333:function:bench:live",
        "Lambda-Runtime-Trace-Id",
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0",
        "Content-Type",
        "application/json");
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
