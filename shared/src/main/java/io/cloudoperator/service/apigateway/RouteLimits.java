package io.cloudoperator.service.apigateway;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The limits that a stage sets to the rate of its routes, in requests a second. A limit of a route
 * takes the place of the one for all; where it is absent, the route has but the account's.
 *
 * @param ofAll for every route that has no setting of its own
 * @param ofRoutes by the keys of routes; a wildcard stands for any path, or any method
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html">throttling
 *     of REST APIs</a>
 */
record RouteLimits(Optional<Double> ofAll, Map<String, Optional<Double>> ofRoutes) {
  private static final String ANY = "*";

  RouteLimits {
    ofRoutes = Map.copyOf(ofRoutes);
  }

  /** The key of a REST API's method among the limits. */
  static String key(String httpMethod, String path) {
    return httpMethod + " " + path;
  }

  /**
   * The highest limit that holds for any of these routes; absent if one of them has none.
   *
   * @param routes their keys, such as {@code GET /orders}
   */
  Optional<Double> over(Collection<String> routes) {
    if (routes.isEmpty()) {
      return ofAll;
    }
    return routes.stream().map(this::of).allMatch(Optional::isPresent)
        ? routes.stream().flatMap(route -> of(route).stream()).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private Optional<Double> of(String route) {
    int space = route.indexOf(' ');
    return Stream.of(
            route,
            key(ANY, route.substring(space + 1)),
            key(space < 0 ? ANY : route.substring(0, space), ANY))
        .filter(ofRoutes::containsKey)
        .findFirst()
        .map(ofRoutes::get)
        .orElse(ofAll);
  }
}
