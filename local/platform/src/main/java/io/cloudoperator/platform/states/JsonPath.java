package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.cloudformation.TemplateException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A reference path of field names, so that it names one value at most; or {@code
 * $$.Map.Item.Value}, which is all that is known of the context object.
 *
 * @param item whether it is the path of a Map's item
 */
record JsonPath(String text, boolean item, List<String> fields) {
  private static final Pattern FIELDS = Pattern.compile("\\$(\\.[\\p{L}_][\\p{L}\\p{N}_-]*)*");

  static final JsonPath ROOT = new JsonPath("$", false, List.of());

  static JsonPath parse(String text, String place) {
    if (text.equals("$$.Map.Item.Value")) {
      return new JsonPath(text, true, List.of());
    }
    if (!FIELDS.matcher(text).matches()) {
      throw new TemplateException(place, "the path " + text + " is not known here");
    }
    return new JsonPath(text, false, Stream.of(text.split("\\.", -1)).skip(1).toList());
  }

  JsonNode get(Scope scope) throws StateFailure {
    JsonNode value = item ? scope.item() : scope.input();
    for (String field : fields) {
      value = value.path(field);
    }
    if (value.isMissingNode()) {
      throw new StateFailure(
          StateFailure.RUNTIME, "The path " + text + " is not in the input of the state");
    }
    return value;
  }

  /** The document with a value at this place; objects on the way to it are made. */
  JsonNode put(JsonNode document, JsonNode value) throws StateFailure {
    if (fields.isEmpty()) {
      return value;
    }
    JsonNode result = document.deepCopy();
    JsonNode node = result;
    for (String field : fields.subList(0, fields.size() - 1)) {
      node = object(node).has(field) ? node.get(field) : object(node).putObject(field);
    }
    object(node).set(fields.getLast(), value);
    return result;
  }

  private ObjectNode object(JsonNode node) throws StateFailure {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new StateFailure(
        "States.ResultPathMatchFailure", "The path " + text + " does not fit the input");
  }
}
