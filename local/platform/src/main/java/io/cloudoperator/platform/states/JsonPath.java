package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference path: fields and indexes, so that it names one value at most.
 *
 * @param context whether it starts at the context object, with {@code $$}
 */
record JsonPath(String text, boolean context, List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile("\\.([\\p{L}_][\\p{L}\\p{N}_-]*)|\\['([^']+)']|\\[(\\d{1,6})]");

  static final JsonPath ROOT = new JsonPath("$", false, List.of());

  static JsonPath parse(String text, String place) {
    boolean context = text.startsWith("$$");
    if (!text.startsWith("$")) {
      throw new DefinitionException(place, text + " is not a path");
    }
    String rest = text.substring(context ? 2 : 1);
    Matcher matcher = STEP.matcher(rest);
    List<Step> steps = new ArrayList<>();
    int end = 0;
    while (matcher.lookingAt()) {
      String field = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      steps.add(
          field != null
              ? new Step.Field(field)
              : new Step.Item(Integer.parseInt(matcher.group(3))));
      end = matcher.end();
      matcher.region(end, rest.length());
    }
    if (end != rest.length()) {
      throw new DefinitionException(place, "the path " + text + " is not known here");
    }
    return new JsonPath(text, context, List.copyOf(steps));
  }

  Optional<JsonNode> find(Scope scope) {
    JsonNode node = context ? scope.context() : scope.input();
    for (Step step : steps) {
      JsonNode next =
          switch (step) {
            case Step.Field(String name) -> node.get(name);
            case Step.Item(int index) -> node.get(index);
          };
      if (next == null) {
        return Optional.empty();
      }
      node = next;
    }
    return Optional.of(node);
  }

  JsonNode get(Scope scope) throws StateFailure {
    return find(scope)
        .orElseThrow(() -> StateFailure.runtime("The path " + text + " is not in the input"));
  }

  /** The document with a value at this place; objects on the way to it are made. */
  JsonNode put(JsonNode document, JsonNode value) throws StateFailure {
    if (steps.isEmpty()) {
      return value;
    }
    JsonNode result = document.deepCopy();
    JsonNode node = result;
    for (int i = 0; i < steps.size(); i++) {
      if (!(node instanceof ObjectNode object)
          || !(steps.get(i) instanceof Step.Field(String name))) {
        throw new StateFailure(
            "States.ResultPathMatchFailure", "The path " + text + " does not fit the input");
      }
      if (i == steps.size() - 1) {
        object.set(name, value);
      } else {
        JsonNode next = object.get(name);
        node = next == null ? object.putObject(name) : next;
      }
    }
    return result;
  }

  sealed interface Step {
    record Field(String name) implements Step {}

    record Item(int index) implements Step {}
  }
}
