package io.cloudoperator.local.simulation.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tables with a partition key {@code pk} and a sort key {@code sk}, both text, that answer the
 * requests of DynamoDB's wire protocol. One call is one step; nothing happens in between. For one
 * thread at a time.
 */
public final class SimulatedTables {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CONDITION = "ConditionExpression";

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
  private static final int LARGEST_PAGE = 1 << 20;
  private static final int LARGEST_ITEM = 400 << 10;
  private static final int MOST_OF_A_TRANSACTION = 100;
  private static final int MOST_OF_A_BATCH = 25;

  private static final Set<String> KNOWN =
      Set.of(
          "TableName",
          "Key",
          "Item",
          "ConsistentRead",
          CONDITION,
          "UpdateExpression",
          "KeyConditionExpression",
          "ProjectionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues",
          "ExclusiveStartKey",
          "ScanIndexForward",
          "IndexName",
          "Limit",
          "ReturnValues");

  private final Map<String, Table> tables = new LinkedHashMap<>();

  /**
   * Tokens of transactions that were written: who repeats one within ten minutes, because no answer
   * came, is told so, and nothing is written again.
   * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
   */
  private final Set<String> written = new HashSet<>();

  private final Consumer<Change> changes;

  /**
   * @param changes is told of each item that a write makes, changes or deletes
   */
  public SimulatedTables(Consumer<Change> changes) {
    this.changes = changes;
  }

  /** What an index sorts by; items that lack either are not in it. */
  public record Index(String partition, String sort) {}

  /**
   * A change of an item.
   *
   * @param name as streams call it: {@code INSERT}, {@code MODIFY} or {@code REMOVE}
   * @param before missing if it was inserted
   * @param after missing if it was removed
   */
  public record Change(String table, String name, JsonNode key, JsonNode before, JsonNode after) {}

  private record Table(
      Map<String, Index> indexes, NavigableMap<String, NavigableMap<String, ObjectNode>> items) {}

  /** Makes an empty table. */
  public void create(String name, Map<String, Index> indexes) {
    tables.put(name, new Table(Map.copyOf(indexes), new TreeMap<>()));
  }

  /** Every item of a table, in the order of its keys. */
  public Collection<ObjectNode> items(String table) {
    return table(table).items.values().stream()
        .flatMap(partition -> partition.values().stream())
        .toList();
  }

  /** An answer: its HTTP status and body. */
  public record Answer(int status, String body) {}

  /** Answers a request of this operation. */
  public Answer answer(String operation, String body) {
    try {
      JsonNode request = MAPPER.readTree(body);
      return new Answer(200, answer(operation, request).toString());
    } catch (Refusal refusal) {
      return new Answer(400, refusal.json());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private JsonNode answer(String operation, JsonNode request) {
    return switch (operation) {
      case "GetItem" -> get(request);
      case "PutItem", "UpdateItem", "DeleteItem" -> {
        Write write = write(operation, request);
        if (!write.holds) {
          throw new Refusal("ConditionalCheckFailedException", "The conditional request failed");
        }
        write.make.run();
        yield written(request, write);
      }
      case "Query" -> query(request);
      case "TransactWriteItems" -> transact(request);
      case "BatchWriteItem" -> batch(request);
      default -> throw new IllegalArgumentException("This DynamoDB does not know " + operation);
    };
  }

  private static JsonNode written(JsonNode request, Write write) {
    ObjectNode answer = JSON.objectNode();
    switch (request.path("ReturnValues").asText("NONE")) {
      case "NONE" -> {}
      case "ALL_NEW" -> answer.set("Attributes", write.after);
      default -> throw new IllegalArgumentException("This DynamoDB does not return " + request);
    }
    return answer;
  }

  private Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new Refusal("ResourceNotFoundException", "Requested resource not found");
    }
    return table;
  }

  private JsonNode item(JsonNode request, JsonNode key) {
    ObjectNode found =
        table(request.path("TableName").textValue())
            .items
            .getOrDefault(partition(key), new TreeMap<>())
            .get(sort(key));
    return found == null ? MissingNode.getInstance() : found;
  }

  private static String partition(JsonNode key) {
    return key.path("pk").path("S").textValue();
  }

  private static String sort(JsonNode key) {
    return key.path("sk").path("S").textValue();
  }

  private static ObjectNode key(JsonNode item) {
    ObjectNode key = JSON.objectNode();
    key.set("pk", item.path("pk"));
    key.set("sk", item.path("sk"));
    return key;
  }

  private static void check(JsonNode request) {
    request
        .fieldNames()
        .forEachRemaining(name -> {
          if (!KNOWN.contains(name)) {
            throw new IllegalArgumentException("This DynamoDB does not know " + name);
          }
        });
  }

  private JsonNode get(JsonNode request) {
    check(request);
    if (request.has("ProjectionExpression")) {
      throw new IllegalArgumentException("This DynamoDB reads whole items");
    }
    JsonNode item = item(request, request.path("Key"));
    ObjectNode answer = JSON.objectNode();
    if (!item.isMissingNode()) {
      answer.set("Item", item);
    }
    return answer;
  }

  /** A write, checked, and not made yet. */
  private record Write(boolean holds, JsonNode after, Runnable make) {}

  private Write write(String kind, JsonNode request) {
    check(request);
    JsonNode key = kind.equals("PutItem") ? key(request.path("Item")) : request.path("Key");
    JsonNode before = item(request, key);
    Set<String> used = new HashSet<>();
    boolean holds = true;
    if (request.has(CONDITION)) {
      Expression condition = new Expression(request.get(CONDITION).textValue(), request);
      holds = condition.holds(before);
      used.addAll(condition.used());
    }
    JsonNode after =
        switch (kind) {
          case "PutItem" -> request.path("Item");
          case "UpdateItem" -> {
            Expression update =
                new Expression(request.path("UpdateExpression").textValue(), request);
            ObjectNode updated =
                holds ? update.updated(before.isMissingNode() ? key : before) : key(key);
            if (holds) {
              used.addAll(update.used());
            }
            yield updated;
          }
          case "DeleteItem" -> MissingNode.getInstance();
          case "ConditionCheck" -> before;
          default -> throw new IllegalArgumentException("This DynamoDB does not know " + kind);
        };
    if (holds) {
      refuseUnused(request, used);
    }
    if (after.toString().length() > LARGEST_ITEM * 4 / 3) {
      throw new Refusal("ValidationException", "Item size has exceeded the maximum allowed size");
    }
    return new Write(
        holds,
        after,
        kind.equals("ConditionCheck")
            ? () -> {}
            : () -> put(request.path("TableName").textValue(), key, before, after));
  }

  private static void refuseUnused(JsonNode request, Set<String> used) {
    Stream.of("ExpressionAttributeNames", "ExpressionAttributeValues")
        .forEach(kind ->
            request
                .path(kind)
                .fieldNames()
                .forEachRemaining(name -> {
                  if (!used.contains(name)) {
                    throw new Refusal(
                        "ValidationException",
                        "Value provided in "
                            + kind
                            + " unused in expressions: keys: {"
                            + name
                            + "}");
                  }
                }));
  }

  private void put(String table, JsonNode key, JsonNode before, JsonNode after) {
    NavigableMap<String, NavigableMap<String, ObjectNode>> items = table(table).items;
    if (after instanceof ObjectNode item) {
      items.computeIfAbsent(partition(key), _ -> new TreeMap<>()).put(sort(key), item);
      if (!item.equals(before)) {
        changes.accept(
            new Change(table, before.isMissingNode() ? "INSERT" : "MODIFY", key, before, item));
      }
    } else if (!before.isMissingNode()) {
      items.getOrDefault(partition(key), new TreeMap<>()).remove(sort(key));
      changes.accept(new Change(table, "REMOVE", key, before, after));
    }
  }

  private JsonNode transact(JsonNode request) {
    String token = request.path("ClientRequestToken").asText();
    if (written.contains(token)) {
      return JSON.objectNode();
    }
    List<Write> writes = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (JsonNode item : request.path("TransactItems")) {
      Map.Entry<String, JsonNode> only = item.properties().iterator().next();
      String kind = only.getKey().equals("ConditionCheck") ? only.getKey() : only.getKey() + "Item";
      JsonNode asked = only.getValue();
      JsonNode key = asked.has("Item") ? key(asked.path("Item")) : asked.path("Key");
      if (!keys.add(asked.path("TableName") + key.toString())) {
        throw new Refusal(
            "ValidationException",
            "Transaction request cannot include multiple operations on one item");
      }
      writes.add(write(kind, asked));
    }
    if (writes.size() > MOST_OF_A_TRANSACTION) {
      throw new Refusal("ValidationException", "Member must have length less than or equal to 100");
    }
    if (writes.stream().allMatch(Write::holds)) {
      writes.forEach(write -> write.make.run());
      written.add(token);
      return JSON.objectNode();
    }
    throw cancelled(
        writes.stream().map(write -> write.holds ? "None" : "ConditionalCheckFailed").toList());
  }

  private static Refusal cancelled(List<String> reasons) {
    return new Refusal(
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons " + reasons,
        reasons);
  }

  /** The answer to a transaction that met another one. */
  public static Answer conflict(String operation, String body) {
    if (!operation.equals("TransactWriteItems")) {
      return new Answer(
          400,
          new Refusal("TransactionConflictException", "Transaction is ongoing for the item")
              .json());
    }
    try {
      int items = MAPPER.readTree(body).path("TransactItems").size();
      List<String> reasons = new ArrayList<>(Collections.nCopies(items, "None"));
      reasons.set(items - 1, "TransactionConflict");
      return new Answer(400, cancelled(reasons).json());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private JsonNode batch(JsonNode request) {
    int count = 0;
    for (Map.Entry<String, JsonNode> table : request.path("RequestItems").properties()) {
      for (JsonNode each : table.getValue()) {
        JsonNode key = each.path("DeleteRequest").path("Key");
        if (key.isMissingNode() || ++count > MOST_OF_A_BATCH) {
          throw new IllegalArgumentException("This DynamoDB deletes at most 25 items at once");
        }
        ObjectNode asked = JSON.objectNode().put("TableName", table.getKey());
        asked.set("Key", key);
        put(table.getKey(), key, item(asked, key), MissingNode.getInstance());
      }
    }
    ObjectNode answer = JSON.objectNode();
    answer.putObject("UnprocessedItems");
    return answer;
  }

  private JsonNode query(JsonNode request) {
    check(request);
    Table table = table(request.path("TableName").textValue());
    Expression condition =
        new Expression(request.path("KeyConditionExpression").textValue(), request);
    boolean indexed = request.has("IndexName");
    List<ObjectNode> matching =
        (indexed
                ? index(table, request.path("IndexName").textValue())
                : partitionOf(table, request).stream())
            .filter(condition::holds)
            .toList();
    // Even where there is no item: what it uses is known then.
    boolean _ = condition.holds(JSON.objectNode());
    if (!request.path("ScanIndexForward").asBoolean(true)) {
      matching = matching.reversed();
    }
    boolean keysOnly = projection(request, condition.used());
    refuseUnused(request, condition.used());
    int from = 0;
    if (request.hasNonNull("ExclusiveStartKey")) {
      JsonNode start = request.get("ExclusiveStartKey");
      boolean backwards = !request.path("ScanIndexForward").asBoolean(true);
      while (from < matching.size()
          && (indexed
              ? !passed(matching, from, start)
              : beforeOrAt(sort(matching.get(from)), sort(start), backwards))) {
        from++;
      }
    }
    int most = request.path("Limit").asInt(Integer.MAX_VALUE);
    ArrayNode items = JSON.arrayNode();
    int size = 0;
    int at = from;
    while (at < matching.size() && items.size() < most && size <= LARGEST_PAGE) {
      ObjectNode item = matching.get(at++);
      size += keysOnly ? 0 : item.toString().length();
      items.add(indexed ? indexKeys(table, request, item) : keysOnly ? key(item) : item);
    }
    ObjectNode answer = JSON.objectNode();
    answer.set("Items", items);
    answer.put("Count", items.size()).put("ScannedCount", items.size());
    // As DynamoDB does: where the limit is met, it does not look whether there is more.
    if (at < matching.size() || items.size() == most) {
      ObjectNode last = matching.get(at - 1);
      answer.set("LastEvaluatedKey", indexed ? indexKeys(table, request, last) : key(last));
    }
    return answer;
  }

  private static boolean passed(List<ObjectNode> matching, int from, JsonNode start) {
    return matching.subList(0, from).stream()
        .anyMatch(
            item -> partition(item).equals(partition(start)) && sort(item).equals(sort(start)));
  }

  private static boolean beforeOrAt(String key, String start, boolean backwards) {
    int order = key.compareTo(start);
    return backwards ? order >= 0 : order <= 0;
  }

  private static Collection<ObjectNode> partitionOf(Table table, JsonNode request) {
    JsonNode partition = request.path("ExpressionAttributeValues").path(":pk").path("S");
    if (!partition.isTextual()) {
      throw new IllegalArgumentException("This DynamoDB wants the partition to be :pk");
    }
    return table.items.getOrDefault(partition.textValue(), new TreeMap<>()).values();
  }

  private static Stream<ObjectNode> index(Table table, String name) {
    Index index = indexOf(table, name);
    return table.items.values().stream()
        .flatMap(partition -> partition.values().stream())
        .filter(item -> item.has(index.partition) && item.has(index.sort))
        .sorted(
            Comparator.comparing((ObjectNode item) -> item.get(index.sort), Expression::compare));
  }

  private static Index indexOf(Table table, String name) {
    Index index = table.indexes.get(name);
    if (index == null) {
      throw new IllegalArgumentException("This DynamoDB has no index " + name);
    }
    return index;
  }

  private static ObjectNode indexKeys(Table table, JsonNode request, ObjectNode item) {
    Index index = indexOf(table, request.path("IndexName").textValue());
    ObjectNode keys = key(item);
    keys.set(index.partition, item.get(index.partition));
    keys.set(index.sort, item.get(index.sort));
    return keys;
  }

  /** Whether only keys are asked for, which is all that this one projects. */
  private static boolean projection(JsonNode request, Set<String> used) {
    if (!request.has("ProjectionExpression")) {
      return false;
    }
    String text = request.get("ProjectionExpression").textValue();
    if (!text.equals("#pk, #sk")) {
      throw new IllegalArgumentException("This DynamoDB does not project " + text);
    }
    used.addAll(List.of("#pk", "#sk"));
    return true;
  }
}
