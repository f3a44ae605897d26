package io.cloudoperator.platform.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.template.Trigger.HttpRoute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An HTTP API in front of functions, on the loopback interface: routes, JWT authorizers, payload
 * format 2.0, and API Gateway's own answers where the functions are not asked or fail. It never
 * shows why a function failed.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html">HTTP
 *     APIs</a>
 */
public final class HttpApiGateway implements AutoCloseable {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html (10 MB)
  private static final int LARGEST_REQUEST = 10 * 1024 * 1024;

  /**
   * Of an event or an answer, in bytes.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   */
  public static final int LARGEST_PAYLOAD = 6_291_456;

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
  private static final Duration LONGEST_INTEGRATION = Duration.ofSeconds(30);

  /**
   * So much of a refused body is thrown away for the client to see the answer; more ends the
   * connection.
   */
  private static final int LARGEST_DISCARDED = 64 * 1024 * 1024;

  /**
   * Of bodies at once, in KB: a body becomes an event, and the event a request of the function,
   * each a copy of it. One of the largest always fits.
   */
  private static final int BODIES_AT_ONCE =
      Math.toIntExact(Math.max(LARGEST_REQUEST, Runtime.getRuntime().maxMemory() / 12) / 1024 + 1);

  /** For a body to come, and of a connection that is silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

  private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private final GatewayServer server;
  private final Router router;
  private final Map<String, JwtVerifier> verifiers;
  private final FunctionInvoker functions;
  private final InstantSource clock;
  private final Duration longest;

  /** Not virtual ones: a function that computes would keep all others from their carriers. */
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().daemon().name("invocation-", 0).factory());

  private final Semaphore bodies = new Semaphore(BODIES_AT_ONCE);

  /** A route of the template. */
  private record Deployed(HttpRoute route) implements Router.Target {
    @Override
    public String key() {
      return route.key();
    }
  }

  /** A route that the caller has added. */
  private record Added(String key, UnaryOperator<String> handler) implements Router.Target {}

  /**
   * What the gateway serves.
   *
   * @param port 0 for any that is free
   * @param verifiers by the authorizer's name; each authorizer of a route must be there
   * @param functions is asked with the logical id of the route's function
   * @param extraRoutes routes that the template does not have, by their key, such as {@code POST
   *     /local/token}: public, for programs on this machine only; they take and give payload format
   *     2.0
   */
  public record Settings(
      int port,
      Collection<HttpRoute> routes,
      Map<String, JwtVerifier> verifiers,
      FunctionInvoker functions,
      Map<String, UnaryOperator<String>> extraRoutes,
      InstantSource clock,
      Duration integrationTimeout) {

    public Settings {
      routes = List.copyOf(routes);
      verifiers = Map.copyOf(verifiers);
      extraRoutes = Map.copyOf(extraRoutes);
      for (HttpRoute route : routes) {
        if (route.authorizer().isPresent() && !verifiers.containsKey(route.authorizer().get())) {
          throw new IllegalArgumentException(
              "No verifier for the authorizer " + route.authorizer().get());
        }
      }
    }

    /** Settings with the limit that API Gateway has. */
    public Settings(
        int port,
        Collection<HttpRoute> routes,
        Map<String, JwtVerifier> verifiers,
        FunctionInvoker functions,
        Map<String, UnaryOperator<String>> extraRoutes,
        InstantSource clock) {
      this(port, routes, verifiers, functions, extraRoutes, clock, LONGEST_INTEGRATION);
    }
  }

  private HttpApiGateway(Settings settings) throws IOException {
    List<Router.Target> targets = new ArrayList<>();
    settings.routes().forEach(route -> targets.add(new Deployed(route)));
    settings.extraRoutes().forEach((key, handler) -> targets.add(new Added(key, handler)));
    this.router = new Router(targets);
    this.verifiers = settings.verifiers();
    this.functions = settings.functions();
    this.clock = settings.clock();
    this.longest = settings.integrationTimeout();
    this.server = GatewayServer.start(settings.port(), PATIENCE, GRACE, new Requests());
  }

  /**
   * Starts it.
   *
   * @throws PortInUseException if another program listens on the port
   */
  public static HttpApiGateway start(Settings settings) throws IOException {
    return new HttpApiGateway(settings);
  }

  /** The address of the API, without a slash at its end. */
  public URI url() {
    return server.url();
  }

  private final class Requests extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String requestId = UUID.randomUUID().toString();
      answer(request, requestId).send(response, callback, requestId);
      return true;
    }
  }

  private GatewayResponse answer(Request request, String requestId) {
    if (STRAY_PERCENT.matcher(request.getHttpURI().getPathQuery()).find()) {
      return GatewayResponse.message(
          400, "Bad Request", "In an address a % stands before two hexadecimal digits.");
    }
    try {
      return respond(request, requestId);
    } catch (IOException e) {
      return MalformedRequests.answer(e);
    }
  }

  private GatewayResponse respond(Request request, String requestId) throws IOException {
    Optional<Router.Match> match = router.find(request.getMethod(), Events.path(request));
    if (match.isEmpty()) {
      discard(request);
      return GatewayResponse.message(404, "Not Found");
    }
    return switch (match.get().target()) {
      case Deployed(HttpRoute route) -> deployed(request, requestId, match.get(), route);
      case Added added -> added(request, requestId, match.get(), added);
      default -> throw new IllegalStateException("A route leads nowhere");
    };
  }

  private GatewayResponse deployed(
      Request request, String requestId, Router.Match match, HttpRoute route) throws IOException {
    Optional<JwtVerifier.Verified> token = Optional.empty();
    if (route.authorizer().isPresent()) {
      token = verified(request, route.authorizer().get());
      if (token.isEmpty()) {
        discard(request);
        return GatewayResponse.message(401, "Unauthorized").with("www-authenticate", "Bearer");
      }
      if (!route.scopes().isEmpty() && Collections.disjoint(route.scopes(), token.get().scopes())) {
        discard(request);
        return GatewayResponse.message(403, "Forbidden")
            .with("www-authenticate", "Bearer error=\"insufficient_scope\"");
      }
    }
    Set<String> scopes = route.scopes();
    Optional<JwtVerifier.Verified> caller = token;
    return withBody(
        request,
        body -> {
          ObjectNode event = event(request, route.api(), match, caller, scopes, body, requestId);
          String text = event.toString();
          if (bytes(text) > LARGEST_PAYLOAD) {
            return GatewayResponse.message(
                413,
                "Request Entity Too Large",
                "Lambda takes no event of more than 6,291,456 bytes; a body that is not text becomes"
                    + " a third longer on its way into one.");
          }
          return invoked(() -> functions.invoke(route.function(), text));
        });
  }

  private GatewayResponse added(Request request, String requestId, Router.Match match, Added added)
      throws IOException {
    String host = Optional.ofNullable(request.getHeaders().get("host")).orElse("");
    // A page of another site whose name was pointed at this machine sends that name; one that posts
    // a form across sites says where it is from.
    String origin = Optional.ofNullable(request.getHeaders().get("origin")).orElse("");
    if (!LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()
        || (!origin.isEmpty() && !origin.equals("http://" + host))) {
      discard(request);
      return GatewayResponse.message(
          403,
          "Forbidden",
          "This route is for programs on this machine, by its own name, and for its own pages.");
    }
    return withBody(
        request,
        body -> {
          ObjectNode event =
              event(request, "laptop", match, Optional.empty(), Set.of(), body, requestId);
          return invoked(() -> added.handler().apply(event.toString()));
        });
  }

  private ObjectNode event(
      Request request,
      String api,
      Router.Match match,
      Optional<JwtVerifier.Verified> token,
      Set<String> scopes,
      byte[] body,
      String requestId) {
    Instant now = clock.instant();
    return Events.event(request, api, match, token, scopes, body, requestId, now);
  }

  private Optional<JwtVerifier.Verified> verified(Request request, String authorizer) {
    String header = Optional.ofNullable(request.getHeaders().get("authorization")).orElse("");
    String token = header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7) : header;
    return Optional.ofNullable(verifiers.get(authorizer))
        .flatMap(verifier -> verifier.verify(token.strip()));
  }

  private GatewayResponse invoked(java.util.concurrent.Callable<String> integration) {
    Future<String> answer = threads.submit(integration);
    try {
      String text = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.ofNullable(text)
          .filter(t -> bytes(t) <= LARGEST_PAYLOAD)
          .flatMap(GatewayResponse::read)
          .orElseGet(() -> GatewayResponse.message(500, "Internal Server Error"));
    } catch (TimeoutException _) {
      return GatewayResponse.message(503, "Service Unavailable");
    } catch (ExecutionException _) {
      return GatewayResponse.message(500, "Internal Server Error");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return GatewayResponse.message(503, "Service Unavailable");
    } finally {
      answer.cancel(true);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Answers a request by its body, unless that is too large, or too many are under way. */
  private GatewayResponse withBody(Request request, Function<byte[], GatewayResponse> answer)
      throws IOException {
    long length = length(request);
    if (length > LARGEST_REQUEST) {
      discard(request);
      return GatewayResponse.message(413, "Request Entity Too Large");
    }
    int room = (int) (length / 1024) + 1;
    if (!bodies.tryAcquire(room)) {
      return GatewayResponse.message(
              503, "Service Unavailable", "Too many large requests at once; try again.")
          .with("retry-after", "1");
    }
    try {
      byte[] body = body(request);
      if (body.length > LARGEST_REQUEST) {
        discard(request);
        return GatewayResponse.message(413, "Request Entity Too Large");
      }
      return answer.apply(body);
    } finally {
      bodies.release(room);
    }
  }

  /** In bytes, as the request says or, where it does not say, at most. */
  private static long length(Request request) {
    if (request.getLength() >= 0) {
      return request.getLength();
    }
    return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) ? LARGEST_REQUEST : 0;
  }

  /** Of at most one byte more than a request may have. */
  private static byte[] body(Request request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    read(request, LARGEST_REQUEST + 1, body::write);
    return body.toByteArray();
  }

  /** For the client to see the answer: many look for it only when they have sent all. */
  private static void discard(Request request) throws IOException {
    if (!request.getHeaders().contains(HttpHeader.EXPECT, "100-continue")) {
      read(request, LARGEST_DISCARDED, (_, _, _) -> {});
    }
  }

  @FunctionalInterface
  private interface Sink {
    void write(byte[] buffer, int offset, int length);
  }

  private static void read(Request request, int most, Sink sink) throws IOException {
    long begun = System.nanoTime();
    byte[] buffer = new byte[64 * 1024];
    InputStream body = Content.Source.asInputStream(request);
    int left = most;
    while (left > 0) {
      int read = body.read(buffer, 0, Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new HttpTimeoutException("The body took too long");
      }
      sink.write(buffer, 0, read);
      left -= read;
    }
  }

  /**
   * Takes no more requests, and returns when those under way have ended or used up five seconds.
   */
  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }
}
