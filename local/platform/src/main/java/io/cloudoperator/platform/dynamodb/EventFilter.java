package io.cloudoperator.platform.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event filter pattern: fields whose values equal one of a list, or start with a prefix. Other
 * operators are refused.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Event
 *     filtering</a>
 */
sealed interface EventFilter {
  boolean matches(JsonNode event);

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it uses what is not known here
   */
  static EventFilter parse(JsonNode pattern) {
    return parse(pattern, "filter");
  }

  private static EventFilter parse(JsonNode pattern, String path) {
    if (pattern.isObject() && !pattern.isEmpty()) {
      Map<String, EventFilter> fields = new LinkedHashMap<>();
      for (var field : pattern.properties()) {
        if (field.getKey().startsWith("$")) {
          throw new IllegalArgumentException(path + ": " + field.getKey() + " is not known here");
        }
        fields.put(field.getKey(), parse(field.getValue(), path + "." + field.getKey()));
      }
      return new Fields(fields);
    }
    if (pattern.isArray() && !pattern.isEmpty()) {
      List<EventFilter> options = new ArrayList<>();
      for (JsonNode option : pattern) {
        JsonNode prefix = option.path("prefix");
        if (option.isObject() && option.size() == 1 && prefix.isTextual()) {
          options.add(new Prefix(prefix.textValue()));
        } else if (option.isValueNode()) {
          options.add(new Value(option));
        } else {
          throw new IllegalArgumentException(path + ": " + option + " is not known here");
        }
      }
      return new AnyOf(options);
    }
    throw new IllegalArgumentException(path + ": must be a list of values or an object");
  }

  record Fields(Map<String, EventFilter> fields) implements EventFilter {
    @Override
    public boolean matches(JsonNode event) {
      return fields.entrySet().stream()
          .allMatch(field -> field.getValue().matches(event.path(field.getKey())));
    }
  }

  record AnyOf(List<EventFilter> options) implements EventFilter {
    @Override
    public boolean matches(JsonNode event) {
      return options.stream().anyMatch(option -> option.matches(event));
    }
  }

  record Value(JsonNode value) implements EventFilter {
    @Override
    public boolean matches(JsonNode event) {
      return event.equals(value);
    }
  }

  record Prefix(String prefix) implements EventFilter {
    @Override
    public boolean matches(JsonNode event) {
      return event.isTextual() && event.textValue().startsWith(prefix);
    }
  }
}
