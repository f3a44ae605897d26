package io.cloudoperator.store;

import io.cloudoperator.scan.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes and checks that hold together or not at all. Names in expressions are written {@code
 * #name}.
 */
final class Transaction {
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
  static final int MOST_ITEMS = 100;

  private final DynamoDbClient client;
  private final List<TransactWriteItem> items = new ArrayList<>();

  Transaction(DynamoDbClient client) {
    this.client = client;
  }

  Transaction check(
      String table,
      Map<String, AttributeValue> key,
      String condition,
      Map<String, AttributeValue> values) {
    return add(write ->
        write.conditionCheck(check ->
            check
                .tableName(table)
                .key(key)
                .conditionExpression(condition)
                .expressionAttributeNames(Stored.names(condition))
                .expressionAttributeValues(orNone(values))));
  }

  Transaction put(
      String table,
      Map<String, AttributeValue> item,
      String condition,
      Map<String, AttributeValue> values) {
    return add(write ->
        write.put(put ->
            put.tableName(table)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeNames(Stored.names(condition))
                .expressionAttributeValues(orNone(values))));
  }

  /** Items that are not there yet, the parts of one value. */
  Transaction put(String table, List<Map<String, AttributeValue>> absent) {
    absent.forEach(item -> put(table, item, Stored.ABSENT, Map.of()));
    return this;
  }

  /** In place of whatever is there: only the checks beside it decide. */
  Transaction put(String table, Map<String, AttributeValue> item) {
    return add(write -> write.put(put -> put.tableName(table).item(item)));
  }

  Transaction update(
      String table,
      Map<String, AttributeValue> key,
      String update,
      String condition,
      Map<String, AttributeValue> values) {
    return add(write ->
        write.update(change ->
            change
                .tableName(table)
                .key(key)
                .updateExpression(update)
                .conditionExpression(condition)
                .expressionAttributeNames(Stored.names(update, condition))
                .expressionAttributeValues(orNone(values))));
  }

  Transaction delete(
      String table,
      Map<String, AttributeValue> key,
      String condition,
      Map<String, AttributeValue> values) {
    return add(write ->
        write.delete(delete ->
            delete
                .tableName(table)
                .key(key)
                .conditionExpression(condition)
                .expressionAttributeNames(Stored.names(condition))
                .expressionAttributeValues(orNone(values))));
  }

  private Transaction add(Consumer<TransactWriteItem.Builder> item) {
    items.add(TransactWriteItem.builder().applyMutation(item).build());
    return this;
  }

  /** How many items it has: the position of the next. */
  int size() {
    return items.size();
  }

  /**
   * Writes it.
   *
   * @return the positions of the items whose conditions did not hold; empty if all was written
   */
  Set<Integer> write() {
    return Writes.all(() -> client.transactWriteItems(request -> request.transactItems(items)));
  }

  /**
   * Writes it, if it begins with a check of the connection: it alone is refused if the connection
   * is over, and others too if the run is.
   */
  Written writeIfConnection() {
    Set<Integer> refused = write();
    if (refused.isEmpty()) {
      return new Written.Done();
    }
    return new Written.Refused(
        refused.equals(Set.of(0)) ? Written.Reason.CONNECTION_OVER : Written.Reason.RUN_OVER);
  }

  // DynamoDB refuses an empty map of values.
  private static @Nullable Map<String, AttributeValue> orNone(Map<String, AttributeValue> values) {
    return values.isEmpty() ? null : values;
  }
}
