package io.cloudoperator.runtime;

import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The routes of a function, by API Gateway's route keys, such as {@code GET
 * /connections/{connectionId}}. A route that takes no body refuses one with members, and each
 * refuses parameters of the query string that it does not take, rather than let a caller believe
 * that they were read.
 */
public final class Routes {
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final Map<String, Route> byKey;

  private Routes(Map<String, Route> byKey) {
    this.byKey = Map.copyOf(byKey);
  }

  public static Builder builder() {
    return new Builder();
  }

  Route of(String key) {
    return Optional.ofNullable(byKey.get(key))
        .orElseThrow(() -> new ProblemException(Problem.notFound("route")));
  }

  /** Answers a request, or ends it with a {@link ProblemException}. */
  @FunctionalInterface
  interface Handler {
    ApiResponse handle(Request request);
  }

  record Route(boolean open, boolean recentSignIn, Set<String> query, Handler handler) {
    ApiResponse answer(Request request, Instant now) {
      request.onlyQuery(query);
      if (recentSignIn) {
        request.signedInSince(now.minus(RECENT));
      }
      return handler.handle(request);
    }
  }

  public static final class Builder {
    private final Map<String, Route> byKey = new HashMap<>();
    private String last = "";

    private Builder() {}

    /** A route for tenants, without a body. */
    public Builder route(String key, Function<Request, ApiResponse> handler) {
      return add(key, false, bodiless(handler));
    }

    /** A route for tenants, with a body of this form. */
    public <B extends Record> Builder route(
        String key, Class<B> body, BiFunction<Request, B, ApiResponse> handler) {
      Body<B> form = new Body<>(body);
      return add(key, false, request -> handler.apply(request, form.read(request)));
    }

    /** A route for tenants, with a body of this form or none. */
    public <B extends Record> Builder routeWithOrWithout(
        String key, Class<B> body, BiFunction<Request, Optional<B>, ApiResponse> handler) {
      Body<B> form = new Body<>(body);
      return add(
          key,
          false,
          request ->
              handler.apply(
                  request,
                  request.bodyIsBlank() ? Optional.empty() : Optional.of(form.read(request))));
    }

    /**
     * A route for tenants, with a body of this form that may be larger than others.
     *
     * @param most of its bytes
     */
    public <B extends Record> Builder route(
        String key, Class<B> body, int most, BiFunction<Request, B, ApiResponse> handler) {
      Body<B> form = new Body<>(body, most);
      return add(key, false, request -> handler.apply(request, form.read(request)));
    }

    /**
     * A route for tenants that reads its body itself, as the bytes that were sent.
     *
     * @param most of these
     * @param tooLarge is answered to more
     */
    public Builder route(
        String key, int most, Problem tooLarge, BiFunction<Request, byte[], ApiResponse> handler) {
      return add(
          key,
          false,
          request ->
              handler.apply(request, request.body(most, () -> new ProblemException(tooLarge))));
    }

    /** A route for anybody, without a body. */
    public Builder open(String key, Function<Request, ApiResponse> handler) {
      return add(key, true, bodiless(handler));
    }

    /** A route for anybody, with a body of this form. */
    public <B extends Record> Builder open(
        String key, Class<B> body, BiFunction<Request, B, ApiResponse> handler) {
      Body<B> form = new Body<>(body);
      return add(key, true, request -> handler.apply(request, form.read(request)));
    }

    /**
     * The parameters of the query string that the route before takes; it takes no others.
     *
     * @throws IllegalStateException if there is no route before
     */
    public Builder query(String... names) {
      Route route = byKey.get(last);
      if (route == null) {
        throw new IllegalStateException("no route takes these parameters");
      }
      byKey.put(last, new Route(route.open, route.recentSignIn, Set.of(names), route.handler));
      return this;
    }

    /**
     * The route before is answered to a person only within ten minutes of a sign-in.
     *
     * @throws IllegalStateException if there is no route before
     */
    public Builder recentSignIn() {
      Route route = byKey.get(last);
      if (route == null) {
        throw new IllegalStateException("no route asks for this");
      }
      byKey.put(last, new Route(route.open, true, route.query, route.handler));
      return this;
    }

    private static Handler bodiless(Function<Request, ApiResponse> handler) {
      Body<NoMembers> none = new Body<>(NoMembers.class);
      return request -> {
        if (!request.bodyIsBlank()) {
          none.read(request);
        }
        return handler.apply(request);
      };
    }

    private Builder add(String key, boolean open, Handler handler) {
      if (byKey.put(key, new Route(open, false, Set.of(), handler)) != null) {
        throw new IllegalArgumentException("two routes for " + key);
      }
      last = key;
      return this;
    }

    public Routes build() {
      return new Routes(byKey);
    }
  }

  private record NoMembers() {}
}
