package io.cloudoperator.local.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Requests to the tables, as a {@link PlantedBug} makes them. */
final class ChangedRequest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ChangedRequest() {}

  /** A transaction with some of its items, and these changed. */
  static String ofTransaction(
      String request, Predicate<JsonNode> kept, Consumer<JsonNode> changed) {
    return of(
        request,
        json -> {
          for (Iterator<JsonNode> items = json.path("TransactItems").iterator();
              items.hasNext(); ) {
            JsonNode item = items.next();
            if (kept.test(item)) {
              changed.accept(item);
            } else {
              items.remove();
            }
          }
        });
  }

  static String of(String request, Consumer<JsonNode> changed) {
    try {
      JsonNode json = MAPPER.readTree(request);
      changed.accept(json);
      return json.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The write, whatever version the connection has. */
  static void ofAnyVersion(JsonNode write) {
    if (write.path("ConditionExpression").asText().equals("#version = :version")) {
      unconditional(write);
    }
  }

  /** The write, whatever is there. */
  static void unconditional(JsonNode conditional) {
    ObjectNode write = (ObjectNode) conditional;
    write.remove("ConditionExpression");
    String update = write.path("UpdateExpression").asText();
    for (String kind : List.of("ExpressionAttributeNames", "ExpressionAttributeValues")) {
      if (write.get(kind) instanceof ObjectNode used) {
        used.properties().removeIf(each -> !update.contains(each.getKey()));
        if (used.isEmpty()) {
          write.remove(kind);
        }
      }
    }
  }
}
