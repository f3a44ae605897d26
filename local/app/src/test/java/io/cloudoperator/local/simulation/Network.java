package io.cloudoperator.local.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import io.cloudoperator.local.simulation.Weather.CustomerFault;
import io.cloudoperator.local.simulation.Weather.FunctionFault;
import io.cloudoperator.local.simulation.Weather.OwnFault;
import io.cloudoperator.local.simulation.dynamodb.SimulatedTables;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/]+)/[^/]+/([^/]+)/([^/]+)/aws4_request");
  private static final Pattern ACCESS_KEY = Pattern.compile("<AccessKeyId>([^<]+)</AccessKeyId>");
  private static final Pattern SESSION_NAME = Pattern.compile("RoleSessionName=([^&]+)");
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "<SecretAccessKey>([^<]+)</SecretAccessKey>|<SessionToken>([^<]+)</SessionToken>");
  private static final Pattern REQUEST_ID =
      Pattern.compile("x-amzn?-request-?id", Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKEN =
      Pattern.compile(
          "(<(?:nextToken|NextToken|NextMarker|NextContinuationToken|Marker)>|"
              + "\"(?:nextToken|NextToken|NextMarker|position)\":\")[^<\"]+");

  /** Of the role of ours that is assumed to tell a customer's denial from a fault of ours. */
  private static final String CANARY = "RoleArn=arn%3Aaws%3Aiam%3A%3A" + Deployment.BROKER;

  private static final String END_OF_INSTANCES = "</DescribeInstancesResponse>";

  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration DRIP = Duration.ofSeconds(4);
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final World world;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, String> sessions = new HashMap<>();
  private final Map<String, Answer> circles = new HashMap<>();
  private final StringBuilder requests = new StringBuilder();
  private final boolean keepsRequests;
  private int tokens;

  /**
   * @param keepsRequests whether it is asked for {@link #requests}
   */
  Network(World world, boolean keepsRequests) {
    this.world = world;
    this.keepsRequests = keepsRequests;
  }

  /**
   * An attempt to call the customer's account, as it looked from outside.
   *
   * @param session the name of the role's session that made it, or asked for it
   * @param status 0 where none came back
   */
  record Attempt(
      Instant at, String session, String service, String region, String requestId, int status) {}

  List<Attempt> attempts() {
    return attempts;
  }

  /** Each request that reached the tables and its answer, as a line of JSON. */
  String requests() {
    return requests.toString();
  }

  private static final class Answer {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Answer(int status, Map<String, List<String>> headers, byte[] body) {
      this.status = status;
      this.headers = Map.copyOf(headers);
      this.body = body;
    }
  }

  /** What a call is about, by its signature. */
  private record Signed(String accessKey, String region, String service) {
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
    return request.host().equals(SAMPLE) && !signed.service.equals("kms")
        ? customers(request, body, signed)
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

  private interface Step<T> {
    T taken() throws IOException;
  }

  /** A call on its way there and back, on either of which the function may be killed. */
  private <T> T after(Step<T> call) throws IOException {
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
              signed.service.equals("kms")
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

  private Answer sample(SdkHttpRequest request, byte[] body) {
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

  private HttpExecuteResponse customers(SdkHttpRequest request, byte[] body, Signed signed)
      throws IOException {
    String text = new String(body, UTF_8);
    Matcher named = SESSION_NAME.matcher(text);
    boolean assuming = text.contains("Action=AssumeRole&") || text.startsWith("Action=AssumeRole");
    String session =
        assuming && named.find() ? named.group(1) : sessions.getOrDefault(signed.accessKey, "");
    String kind = signed.service + '/' + signed.region;
    Optional<CustomerFault> fault = world.weather().customer(kind);
    Instant at = world.now();
    String requestId = "";
    int status = 0;
    try {
      if (fault.filter(CustomerFault.UNREACHABLE::equals).isPresent()) {
        throw new ConnectException("Connection refused");
      }
      Answer answer =
          after(() -> {
            Answer made = customers(request, body, signed, fault, session + kind);
            learn(made, assuming, session);
            if (fault.filter(CustomerFault.TIMED_OUT::equals).isPresent()) {
              pause(SOCKET_TIMEOUT);
              throw new SocketTimeoutException("Read timed out");
            }
            return made;
          });
      status = answer.status;
      requestId = requestId(answer);
      return response(answer, content(answer, fault));
    } finally {
      if (!text.contains(CANARY)) {
        attempts.add(new Attempt(at, session, signed.service, signed.region, requestId, status));
      }
      world.trace(
          session + " " + kind + " " + fault.map(Enum::name).orElse("") + status + requestId);
    }
  }

  private Answer customers(
      SdkHttpRequest request,
      byte[] body,
      Signed signed,
      Optional<CustomerFault> fault,
      String listing)
      throws IOException {
    Optional<Fault> refusal =
        switch (fault.orElse(null)) {
          case THROTTLED ->
              Optional.of(
                  signed.service.equals("ec2")
                      ? Fault.throttle(1)
                      : Fault.error(429, "TooManyRequestsException", "Too many requests"));
          case SERVER_ERROR -> Optional.of(Fault.internalError());
          case DENIED ->
              Optional.of(
                  signed.service.equals("ec2")
                      ? Fault.unauthorized()
                      : Fault.error(403, "AccessDenied", "no"));
          case EXPIRED ->
              Optional.of(
                  signed.service.equals("ec2")
                      ? Fault.error(400, "RequestExpired", "Request has expired.")
                      : Fault.error(403, "ExpiredToken", "The token has expired"));
          case null, default -> Optional.empty();
        };
    if (fault.filter(CustomerFault.CIRCLING_PAGES::equals).isPresent()) {
      Answer before = circles.get(listing);
      if (before != null && TOKEN.matcher(new String(before.body, UTF_8)).find()) {
        return again(before);
      }
    }
    refusal.ifPresent(
        error -> world.sample().faults().next(signed.service, Faults.ANY, signed.region, error));
    Answer answer = sample(request, body);
    world.sample().faults().clear();
    if (answer.status == 200) {
      circles.put(listing, answer);
    }
    if (fault.filter(CustomerFault.ENDLESS_PAGES::equals).isPresent() && answer.status == 200) {
      pause(SLOW);
      return endless(answer);
    }
    return answer;
  }

  /** The same, as the answer to another request. */
  private static Answer again(Answer before) {
    Map<String, List<String>> headers = new HashMap<>(before.headers);
    headers.replaceAll((name, values) ->
        REQUEST_ID.matcher(name).matches() ? List.of(UUID.randomUUID().toString()) : values);
    return new Answer(before.status, headers, before.body);
  }

  /** The same page, with the token of another one that is as new as the last. */
  private Answer endless(Answer answer) {
    String text = new String(answer.body, UTF_8);
    if (text.contains(END_OF_INSTANCES) && !text.contains("<nextToken>")) {
      text = text.replace(END_OF_INSTANCES, "<nextToken>x</nextToken>" + END_OF_INSTANCES);
    }
    return new Answer(
        200,
        answer.headers,
        TOKEN.matcher(text).replaceAll("$1endless" + tokens++).getBytes(UTF_8));
  }

  private InputStream content(Answer answer, Optional<CustomerFault> fault) {
    byte[] body = answer.body;
    return switch (fault.orElse(null)) {
      case RESET_IN_BODY -> new Body(body, body.length / 2, true);
      case TRUNCATED -> new Body(body, body.length / 2, false);
      case MALFORMED -> new ByteArrayInputStream("<<{\"not\": what AWS says".getBytes(UTF_8));
      case DRIPPING -> new Body(body, body.length, false, DRIP);
      case null, default -> new ByteArrayInputStream(body);
    };
  }

  /** Who calls with the credentials that STS gives out, and that they are secret. */
  private void learn(Answer answer, boolean assuming, String session) {
    if (assuming && answer.status == 200) {
      String text = new String(answer.body, UTF_8);
      Matcher key = ACCESS_KEY.matcher(text);
      if (key.find()) {
        sessions.put(key.group(1), session);
      }
      CREDENTIALS
          .matcher(text)
          .results()
          .forEach(found ->
              world.secret(
                  "a session's credentials",
                  Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2))));
    }
  }

  private static String requestId(Answer answer) {
    return answer.headers.entrySet().stream()
        .filter(header -> REQUEST_ID.matcher(header.getKey()).matches())
        .map(header -> header.getValue().getFirst())
        .findFirst()
        .orElse("");
  }

  private static HttpExecuteResponse response(Answer answer, InputStream content) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpFullResponse.builder().statusCode(answer.status).headers(answer.headers).build())
        .responseBody(AbortableInputStream.create(content))
        .build();
  }

  /** As a socket does when the thread that waits for it is interrupted. */
  private static void pause(Duration duration) throws SocketException {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new SocketException("Closed by interrupt");
    }
  }

  @Override
  public void close() {}

  /** A body that breaks off, or comes a little at a time. */
  private static final class Body extends InputStream {
    private static final int SIP = 200;

    private final byte[] bytes;
    private final int end;
    private final boolean resets;
    private final Duration pause;
    private int next;

    Body(byte[] bytes, int end, boolean resets) {
      this(bytes, end, resets, Duration.ZERO);
    }

    Body(byte[] bytes, int end, boolean resets, Duration pause) {
      this.bytes = bytes;
      this.end = end;
      this.resets = resets;
      this.pause = pause;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      if (next >= end) {
        if (resets) {
          throw new SocketException("Connection reset");
        }
        return -1;
      }
      if (!pause.isZero() && next % SIP == 0) {
        pause(pause);
      }
      int count = Math.min(Math.min(most, SIP - next % SIP), end - next);
      System.arraycopy(bytes, next, into, from, count);
      next += count;
      return count;
    }
  }
}
