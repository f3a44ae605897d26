package io.cloudoperator.platform.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request: rather one without a greedy variable, such as {@code {path+}}, then
 * the one with the fewest variables, and rather its own method than {@code ANY}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">Routes</a>
 */
final class Router {
  private final List<Target> targets;

  /** Something that a route leads to. */
  interface Target {
    /** For example {@code GET /things/{id}}. */
    String key();
  }

  record Match(Target target, Map<String, String> pathParameters) {}

  Router(Collection<? extends Target> targets) {
    this.targets = new ArrayList<>(targets);
    this.targets.sort(
        Comparator.<Target, Boolean>comparing(target -> target.key().contains("+}"))
            .thenComparingLong(target -> target.key().chars().filter(c -> c == '{').count())
            .thenComparing(target -> target.key().startsWith("ANY ")));
  }

  Optional<Match> find(String method, String rawPath) {
    String[] segments = rawPath.split("/", -1);
    for (Target target : targets) {
      String[] route = target.key().split(" ", 2);
      if (route[0].equals(method) || route[0].equals("ANY")) {
        Optional<Map<String, String>> parameters = match(route[1].split("/", -1), segments);
        if (parameters.isPresent()) {
          return Optional.of(new Match(target, parameters.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> match(String[] route, String[] segments) {
    boolean greedy = route[route.length - 1].endsWith("+}");
    if (greedy ? segments.length < route.length : segments.length != route.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < route.length; i++) {
      String segment = decoded(segments[i]);
      if (greedy && i == route.length - 1) {
        String rest = String.join("/", List.of(segments).subList(i, segments.length));
        if (rest.isEmpty()) {
          return Optional.empty();
        }
        parameters.put(route[i].substring(1, route[i].length() - 2), decoded(rest));
      } else if (route[i].startsWith("{")) {
        if (segment.isEmpty()) {
          return Optional.empty();
        }
        parameters.put(route[i].substring(1, route[i].length() - 1), segment);
      } else if (!route[i].equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
