package io.cloudoperator.platform.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.LoopbackServer;
import io.cloudoperator.platform.template.Trigger.HttpRoute;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.URI;
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

  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (6 MB, buffered)
  private static final int LARGEST_RESPONSE = 6 * 1024 * 1024;

  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (6 MB, synchronous)
  private static final int LARGEST_EVENT = 6_291_456;

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
  private static final Duration LONGEST_INTEGRATION = Duration.ofSeconds(30);

  /**
   * So much of a refused body is thrown away for the client to see the answer; more ends the
   * connection.
   */
  private static final long LARGEST_DISCARDED = 64L * 1024 * 1024;

  /**
   * Of bodies at once, in KB: a body becomes an event, and the event a request of the function,
   * each a copy of it. One of the largest always fits.
   */
  private static final int BODIES_AT_ONCE =
      Math.toIntExact(Math.max(LARGEST_REQUEST, Runtime.getRuntime().maxMemory() / 12) / 1024 + 1);

  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

  private final LoopbackServer server;
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
    this.server = LoopbackServer.start(settings.port(), GRACE, this::handle);
  }

  /**
   * Starts it.
   *
   * @throws PortInUseException if another program listens on the port
   */
  public static HttpApiGateway start(Settings settings) throws IOException {
    try {
      return new HttpApiGateway(settings);
    } catch (BindException e) {
      throw new PortInUseException(settings.port(), e);
    }
  }

  /** The address of the API, without a slash at its end. */
  public URI url() {
    return server.url();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String requestId = UUID.randomUUID().toString();
    try (exchange) {
      Response response = respond(exchange, requestId);
      try {
        response.send(exchange, requestId);
      } catch (IllegalArgumentException _) {
        // A header that HTTP does not allow; nothing has been sent yet.
        exchange.getResponseHeaders().clear();
        Response.message(500, "Internal Server Error").send(exchange, requestId);
      }
    }
  }

  private Response respond(HttpExchange exchange, String requestId) throws IOException {
    Optional<Router.Match> match =
        router.find(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    if (match.isEmpty()) {
      discard(exchange);
      return Response.message(404, "Not Found");
    }
    return switch (match.get().target()) {
      case Deployed(HttpRoute route) -> deployed(exchange, requestId, match.get(), route);
      case Added added -> added(exchange, requestId, match.get(), added);
      default -> throw new IllegalStateException("A route leads nowhere");
    };
  }

  private Response deployed(
      HttpExchange exchange, String requestId, Router.Match match, HttpRoute route)
      throws IOException {
    Optional<JwtVerifier.Verified> token = Optional.empty();
    if (route.authorizer().isPresent()) {
      token = verified(exchange, route.authorizer().get());
      if (token.isEmpty()) {
        discard(exchange);
        return Response.message(401, "Unauthorized").with("www-authenticate", "Bearer");
      }
      if (!route.scopes().isEmpty() && Collections.disjoint(route.scopes(), token.get().scopes())) {
        discard(exchange);
        return Response.message(403, "Forbidden")
            .with("www-authenticate", "Bearer error=\"insufficient_scope\"");
      }
    }
    Set<String> scopes = route.scopes();
    Optional<JwtVerifier.Verified> caller = token;
    return withBody(
        exchange,
        body -> {
          ObjectNode event = event(exchange, route.api(), match, caller, scopes, body, requestId);
          String text = event.toString();
          if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST_EVENT) {
            return Response.message(
                413,
                "Request Entity Too Large",
                "Lambda takes no event of more than 6,291,456 bytes; a body that is not text becomes"
                    + " a third longer on its way into one.");
          }
          return invoked(() -> functions.invoke(route.function(), text));
        });
  }

  private Response added(HttpExchange exchange, String requestId, Router.Match match, Added added)
      throws IOException {
    String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
    // A page of another site whose name was pointed at this machine sends that name; one that posts
    // a form across sites says where it is from.
    String origin = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Origin")).orElse("");
    if (!LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()
        || (!origin.isEmpty() && !origin.equals("http://" + host))) {
      discard(exchange);
      return Response.message(
          403,
          "Forbidden",
          "This route is for programs on this machine, by its own name, and for its own pages.");
    }
    return withBody(
        exchange,
        body -> {
          ObjectNode event =
              event(exchange, "laptop", match, Optional.empty(), Set.of(), body, requestId);
          return invoked(() -> added.handler().apply(event.toString()));
        });
  }

  private ObjectNode event(
      HttpExchange exchange,
      String api,
      Router.Match match,
      Optional<JwtVerifier.Verified> token,
      Set<String> scopes,
      byte[] body,
      String requestId) {
    Instant now = clock.instant();
    return Events.event(exchange, api, match, token, scopes, body, requestId, now);
  }

  private Optional<JwtVerifier.Verified> verified(HttpExchange exchange, String authorizer) {
    String header =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    String token = header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7) : header;
    return Optional.ofNullable(verifiers.get(authorizer))
        .flatMap(verifier -> verifier.verify(token.strip()));
  }

  private Response invoked(java.util.concurrent.Callable<String> integration) {
    Future<String> answer = threads.submit(integration);
    try {
      String text = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.ofNullable(text)
          .filter(t -> t.length() <= LARGEST_RESPONSE)
          .flatMap(Response::read)
          .orElseGet(() -> Response.message(500, "Internal Server Error"));
    } catch (TimeoutException _) {
      return Response.message(503, "Service Unavailable");
    } catch (ExecutionException _) {
      return Response.message(500, "Internal Server Error");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Response.message(503, "Service Unavailable");
    } finally {
      answer.cancel(true);
    }
  }

  /** Answers a request by its body, unless that is too large, or too many are under way. */
  private Response withBody(HttpExchange exchange, Function<byte[], Response> answer)
      throws IOException {
    long length = length(exchange);
    if (length > LARGEST_REQUEST) {
      discard(exchange);
      return Response.message(413, "Request Entity Too Large");
    }
    int room = (int) (length / 1024) + 1;
    if (!bodies.tryAcquire(room)) {
      return Response.message(
              503, "Service Unavailable", "Too many large requests at once; try again.")
          .with("retry-after", "1");
    }
    try {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
      if (body.length > LARGEST_REQUEST) {
        discard(exchange);
        return Response.message(413, "Request Entity Too Large");
      }
      return answer.apply(body);
    } finally {
      bodies.release(room);
    }
  }

  /** In bytes, as the request says or, where it does not say, at most. */
  private static long length(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null) {
      return Long.parseLong(length);
    }
    return exchange.getRequestHeaders().containsKey("Transfer-Encoding") ? LARGEST_REQUEST : 0;
  }

  private static void discard(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    byte[] buffer = new byte[64 * 1024];
    long left = LARGEST_DISCARDED;
    for (int read = body.read(buffer); read >= 0 && left > 0; read = body.read(buffer)) {
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
