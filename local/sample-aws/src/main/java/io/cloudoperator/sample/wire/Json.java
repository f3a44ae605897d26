package io.cloudoperator.sample.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** Builds JSON answers. */
public final class Json {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** An array of what each becomes. */
  public static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> form) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(item -> array.add(form.apply(item)));
    return array;
  }

  public static ArrayNode strings(List<String> items) {
    return array(items, NODES::textNode);
  }

  /** A 200. */
  public static Reply reply(JsonNode body) {
    return Reply.of(200, "application/json", body.toString());
  }
}
