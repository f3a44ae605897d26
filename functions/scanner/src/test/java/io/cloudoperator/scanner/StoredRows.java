package io.cloudoperator.scanner;

import io.cloudoperator.connection.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the tables hold, as somebody sees it who may read and write them without the adapters. */
record StoredRows(DynamoDbClient client, String connectionsTable, String scansTable) {
  /** Exchanges attributes of two rows, as somebody with write access to the table could. */
  void swap(Connection one, Connection other, Set<String> attributes) {
    Map<String, AttributeValue> first = row(one);
    Map<String, AttributeValue> second = row(other);
    for (String name : attributes) {
      set(one, name, second.getOrDefault(name, AttributeValue.fromNul(true)));
      set(other, name, first.getOrDefault(name, AttributeValue.fromNul(true)));
    }
  }

  private Map<String, AttributeValue> row(Connection connection) {
    return client
        .getItem(
            get -> get.tableName(connectionsTable).key(rowKey(connection)).consistentRead(true))
        .item();
  }

  private void set(Connection connection, String name, AttributeValue value) {
    client.updateItem(update ->
        update
            .tableName(connectionsTable)
            .key(rowKey(connection))
            .updateExpression("SET #name = :value")
            .expressionAttributeNames(Map.of("#name", name))
            .expressionAttributeValues(Map.of(":value", value)));
  }

  private static Map<String, AttributeValue> rowKey(Connection connection) {
    return Map.of(
        "pk", AttributeValue.fromS(connection.tenant().value()),
        "sk", AttributeValue.fromS(connection.id().value()));
  }

  /** All that is stored of a connection's scans. */
  List<String> stored(Connection connection) {
    return client
        .scanPaginator(request -> request.tableName(scansTable).consistentRead(true))
        .items()
        .stream()
        .map(item -> text(item, "pk") + " " + text(item, "sk"))
        .filter(name -> name.startsWith(connection.tenant() + "#" + connection.id()))
        .toList();
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? "" : value.s();
  }
}
