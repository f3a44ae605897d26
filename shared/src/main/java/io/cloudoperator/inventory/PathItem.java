package io.cloudoperator.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path of an OpenAPI document. Routes whose paths differ in the names of variables, or in how
 * much a variable takes, share it: OpenAPI knows no variable that takes more than a segment.
 */
final class PathItem {
  private final RoutePath template;
  private final Map<String, RoutePath> paths = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> operations = new LinkedHashMap<>();

  PathItem(RoutePath template) {
    this.template = template;
  }

  String template() {
    return template.text();
  }

  /** The path of the route that has the method already; absent if it was added. */
  Optional<RoutePath> add(String method, RoutePath path, Map<String, Object> operation) {
    Optional<RoutePath> taken = Optional.ofNullable(paths.putIfAbsent(method, path));
    if (taken.isEmpty()) {
      operations.put(method, operation);
    }
    return taken;
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!template.parameters().isEmpty()) {
      fields.put("parameters", template.parameters());
    }
    operations.forEach((method, operation) -> fields.put(method, narrowedOrWidened(method)));
    return fields;
  }

  /** An operation whose variables take more or less than the path's says so in its own. */
  private Map<String, Object> narrowedOrWidened(String method) {
    Map<String, Object> operation = operations.getOrDefault(method, Map.of());
    RoutePath path = paths.getOrDefault(method, template);
    if (path.greedy() == template.greedy()) {
      return operation;
    }
    Map<String, Object> own = new LinkedHashMap<>(operation);
    own.put("parameters", path.parametersNamedAs(template));
    return own;
  }
}
