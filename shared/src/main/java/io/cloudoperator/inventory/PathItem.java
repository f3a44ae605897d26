package io.cloudoperator.inventory;

import java.util.LinkedHashMap;
import java.util.Map;

/** A path of an OpenAPI document. */
final class PathItem {
  private final RoutePath template;
  private final Map<String, Object> operations = new LinkedHashMap<>();

  PathItem(RoutePath template) {
    this.template = template;
  }

  String template() {
    return template.text();
  }

  /** {@code false} if it has the method already. */
  boolean add(String method, Map<String, Object> operation) {
    return operations.putIfAbsent(method, operation) == null;
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!template.parameters().isEmpty()) {
      fields.put("parameters", template.parameters());
    }
    fields.putAll(operations);
    return fields;
  }
}
