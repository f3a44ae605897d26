package io.cloudoperator.inventory;

import java.util.Comparator;
import java.util.Optional;

/**
 * A part of an API that is called and authorized by itself.
 *
 * @param method such as {@code GET} or {@code ANY}; empty for a WebSocket route
 * @param path such as {@code /orders/{id}}; of a WebSocket API its route key
 * @param authorization what a caller must show, on the easiest way to it
 * @param authorizer the name of the authorizer that decides; absent if none does
 * @param apiKeyRequired whether a key is asked for as well
 * @param exposure who can reach it, on the easiest way to it
 */
public record Route(
    String method,
    String path,
    Authorization authorization,
    Optional<String> authorizer,
    boolean apiKeyRequired,
    Exposure exposure,
    Integration integration)
    implements Comparable<Route> {
  private static final Comparator<Route> ORDER =
      Comparator.comparing(Route::path).thenComparing(Route::method);

  /** What identifies it in its API: {@code GET /orders/{id}}. */
  public String key() {
    return method.isEmpty() ? path : method + " " + path;
  }

  /**
   * Whether it only tells browsers which pages may call: API Gateway answers it by itself, and a
   * browser asks without credentials, so that no authorization can be demanded.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html">CORS
   *     for REST APIs</a>
   */
  public boolean preflight() {
    return "OPTIONS".equals(method) && integration == Integration.MOCK;
  }

  /**
   * Whether anyone on the internet may call it, with an API key or without. Preflights are none of
   * these.
   */
  public boolean openToAnyone() {
    return exposure == Exposure.PUBLIC
        && (authorization == Authorization.NONE || authorization == Authorization.API_KEY_ONLY)
        && !preflight();
  }

  @Override
  public int compareTo(Route other) {
    return ORDER.compare(this, other);
  }
}
