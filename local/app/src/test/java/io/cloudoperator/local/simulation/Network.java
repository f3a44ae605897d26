package io.cloudoperator.local.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import io.cloudoperator.local.simulation.Weather.FunctionFault;
import io.cloudoperator.local.simulation.Weather.OwnFault;
import io.cloudoperator.local.simulation.dynamodb.SimulatedTables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The one way from a function to all that is outside of it: the SDK's HTTP client, in memory. Each
 * call takes a while, and may fail as the weather is.
 */
final class Network implements SdkHttpClient {
  static final String TABLES = "tables.invalid";
  static final String STATES = "states.invalid";
  static final String EVENTS = "events.invalid";
  static final String SAMPLE = "sample.invalid";
  static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(15);

  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/]+)/[^/]+/([^/]+)/([^/]+)/aws4_request");

  private final World world;
  private final CustomerCalls customers;
  private final StringBuilder requests = new StringBuilder();
  private final boolean keepsRequests;

  /**
   * @param keepsRequests whether it is asked for {@link #requests}
   */
  Network(World world, boolean keepsRequests) {
    this.world = world;
    this.keepsRequests = keepsRequests;
    customers = new CustomerCalls(world, this);
  }

  /** The calls to the customer's account. */
  CustomerCalls customers() {
    return customers;
  }

  /** Each request that reached the tables and its answer, as a line of JSON. */
  String requests() {
    return requests.toString();
  }

  /** What came back. */
  static final class Answer {
    final int status;
    final Map<String, List<String>> headers;
    final byte[] body;

    Answer(int status, Map<String, List<String>> headers, byte[] body) {
      this.status = status;
      this.headers = Map.copyOf(headers);
      this.body = body;
    }
  }

  /** What a call is about, by its signature. */
  record Signed(String accessKey, String region, String service) {
    static Signed of(SdkHttpRequest request) {
      Matcher scope = SCOPE.matcher(request.firstMatchingHeader("Authorization").orElse(""));
      return scope.find()
          ? new Signed(scope.group(1), scope.group(2), scope.group(3))
          : new Signed("", "", "");
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return Network.this.call(request);
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse call(HttpExecuteRequest asked) throws IOException {
    SdkHttpRequest request = asked.httpRequest();
    byte[] body = body(asked);
    Signed signed = Signed.of(request);
    return request.host().equals(SAMPLE) && !signed.service().equals("kms")
        ? customers.call(request, body, signed)
        : after(() -> ours(request, body, signed));
  }

  private static byte[] body(HttpExecuteRequest asked) throws IOException {
    if (asked.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = asked.contentStreamProvider().get().newStream()) {
      return in.readAllBytes();
    }
  }

  interface Step<T> {
    T taken() throws IOException;
  }

  /** A call on its way there and back, on either of which the function may be killed. */
  <T> T after(Step<T> call) throws IOException {
    pause(world.trip());
    world.functions().maybeKilled(FunctionFault.KILLED_BEFORE_A_CALL);
    T answer = call.taken();
    world.functions().maybeKilled(FunctionFault.KILLED_AFTER_A_CALL);
    pause(world.trip());
    return answer;
  }

  private HttpExecuteResponse ours(SdkHttpRequest request, byte[] body, Signed signed)
      throws IOException {
    String target = request.firstMatchingHeader("X-Amz-Target").orElse("");
    String operation = target.substring(target.indexOf('.') + 1);
    Optional<OwnFault> fault = world.weather().own();
    Answer answer =
        switch (fault.orElse(null)) {
          case THROTTLED -> refusal(400, "ThrottlingException");
          case SERVER_ERROR -> refusal(500, "InternalServerError");
          case DENIED ->
              signed.service().equals("kms")
                  ? refusal(400, "AccessDeniedException")
                  : refusal(400, "ThrottlingException");
          case CONFLICT ->
              request.host().equals(TABLES)
                      && !operation.equals("GetItem")
                      && !operation.equals("Query")
                  ? conflict(operation, body)
                  : refusal(503, "ServiceUnavailable");
          case ERROR_AFTER_EFFECT -> {
            Answer _ = effect(request, operation, body);
            yield refusal(500, "InternalServerError");
          }
          case ANSWER_LOST -> {
            Answer _ = effect(request, operation, body);
            world.trace(request.host() + " " + operation + " lost");
            throw new SocketException("Connection reset");
          }
          case TIMED_OUT -> {
            pause(SOCKET_TIMEOUT);
            throw new SocketTimeoutException("Read timed out");
          }
          case null -> effect(request, operation, body);
        };
    world.trace(
        request.host() + " " + operation + " " + fault.map(Enum::name).orElse("") + answer.status);
    return response(answer, new ByteArrayInputStream(answer.body));
  }

  private Answer effect(SdkHttpRequest request, String operation, byte[] body) {
    String text = new String(body, UTF_8);
    return switch (request.host()) {
      case TABLES -> {
        world.tell("a request to the tables", text);
        String written = world.functions().ofOlderRelease() ? OlderRelease.form(text) : text;
        yield of(asked(operation, world.bug().inRequest(operation, written)));
      }
      case STATES -> {
        world.tell("a request to the state machine", text);
        yield new Answer(200, JSON, world.machines().start(text).getBytes(UTF_8));
      }
      case EVENTS -> {
        world.tell("an event", text);
        yield new Answer(
            200,
            JSON,
            "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}".getBytes(UTF_8));
      }
      default -> sample(request, body);
    };
  }

  /** The tables' answer to a request that reached them. */
  SimulatedTables.Answer asked(String operation, String request) {
    SimulatedTables.Answer answer = world.tables().answer(operation, request);
    if (!keepsRequests) {
      return answer;
    }
    requests
        .append("{\"operation\":\"")
        .append(operation)
        .append("\",\"request\":")
        .append(request)
        .append(",\"answer\":")
        .append(answer.body())
        .append("}\n");
    return answer;
  }

  private static final Map<String, List<String>> JSON =
      Map.of("Content-Type", List.of("application/x-amz-json-1.0"));

  private static Answer of(SimulatedTables.Answer answer) {
    return new Answer(answer.status(), JSON, answer.body().getBytes(UTF_8));
  }

  private static Answer conflict(String operation, byte[] body) {
    return of(SimulatedTables.conflict(operation, new String(body, UTF_8)));
  }

  private static Answer refusal(int status, String code) {
    return new Answer(
        status, JSON, "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(code).getBytes(UTF_8));
  }

  /** The sample's answer. */
  Answer sample(SdkHttpRequest request, byte[] body) {
    Headers headers = new Headers();
    request.forEachHeader((name, values) -> headers.put(name, List.copyOf(values)));
    String query = request.encodedQueryParameters().map(text -> "?" + text).orElse("");
    InProcessExchange exchange =
        new InProcessExchange(
            request.method().name(),
            URI.create("http://" + SAMPLE + request.encodedPath() + query),
            headers,
            body);
    try {
      world.sample().handler().handle(exchange);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Answer(
        exchange.getResponseCode(), Map.copyOf(exchange.getResponseHeaders()), exchange.body());
  }

  static HttpExecuteResponse response(Answer answer, InputStream content) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpFullResponse.builder().statusCode(answer.status).headers(answer.headers).build())
        .responseBody(AbortableInputStream.create(content))
        .build();
  }

  /** As a socket does when the thread that waits for it is interrupted. */
  static void pause(Duration duration) throws SocketException {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new SocketException("Closed by interrupt");
    }
  }

  @Override
  public void close() {}
}
