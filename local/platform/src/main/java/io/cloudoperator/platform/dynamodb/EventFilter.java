package io.cloudoperator.platform.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event filter pattern: fields whose values equal one of a list, or start with a prefix. Other
 * operators are refused.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Event
 *     filtering</a>
 */
record EventFilter(JsonNode pattern) {

  /**
   * Checks the pattern.
   *
   * @throws IllegalArgumentException if it uses what is not known here
   */
  EventFilter {
    check(pattern, "filter");
  }

  boolean matches(JsonNode event) {
    return matches(pattern, event);
  }

  private static void check(JsonNode pattern, String path) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException(path + ": must be a list of values or an object");
    }
    for (var field : pattern.properties()) {
      if (field.getKey().startsWith("$")) {
        throw new IllegalArgumentException(path + ": " + field.getKey() + " is not known here");
      }
      check(field.getValue(), path + "." + field.getKey());
    }
    if (pattern.isArray()) {
      for (JsonNode option : pattern) {
        if (!option.isValueNode() && !(option.size() == 1 && option.path("prefix").isTextual())) {
          throw new IllegalArgumentException(path + ": " + option + " is not known here");
        }
      }
    }
  }

  private static boolean matches(JsonNode pattern, JsonNode value) {
    if (pattern.isObject()) {
      return pattern.properties().stream()
          .allMatch(field -> matches(field.getValue(), value.path(field.getKey())));
    }
    return pattern
        .valueStream()
        .anyMatch(option ->
            option.isObject()
                ? value.isTextual()
                    && value.textValue().startsWith(option.get("prefix").textValue())
                : value.equals(option));
  }
}
