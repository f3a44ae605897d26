package io.cloudoperator.sample.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** Builds JSON answers. */
public final class JsonBody {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonBody() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** An array of what each becomes. */
  public static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> form) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(item -> array.add(form.apply(item)));
    return array;
  }

  public static ArrayNode strings(String... items) {
    return strings(List.of(items));
  }

  public static ArrayNode strings(List<String> items) {
    return array(items, NODES::textNode);
  }

  /**
   * A page of a list.
   *
   * @param member that holds the items
   * @param token that says where the next page begins
   */
  public static <T> WireResponse page(
      String member, Paging.Page<T> page, Function<T, ? extends JsonNode> form, String token) {
    ObjectNode body = object();
    body.set(member, array(page.items(), form));
    page.next().ifPresent(next -> body.put(token, next));
    return reply(body);
  }

  public static WireResponse reply(JsonNode body) {
    return WireResponse.of(200, "application/json", body.toString());
  }
}
