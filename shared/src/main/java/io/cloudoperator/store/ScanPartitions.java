package io.cloudoperator.store;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.ScanKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Reads the items of one connection in the scans table, always as they were last written. */
final class ScanPartitions {
  private final DynamoDbClient client;
  private final String table;

  ScanPartitions(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  static Map<String, AttributeValue> key(ScanKey key, String sk) {
    return Stored.key(ScanKeys.partition(key), sk);
  }

  Optional<Map<String, AttributeValue>> item(TenantId tenant, ConnectionId connection, String sk) {
    Map<String, AttributeValue> key = Stored.key(ScanKeys.partition(tenant, connection), sk);
    return Optional.of(
            client
                .getItem(request -> request.tableName(table).key(key).consistentRead(true))
                .item())
        .filter(item -> !item.isEmpty());
  }

  static QueryRequest.Builder keysOnly() {
    return QueryRequest.builder().projectionExpression("#pk, #sk");
  }

  /** A page at a time, as the stream is read. */
  Stream<Map<String, AttributeValue>> query(
      String partition, String prefix, QueryRequest.Builder query) {
    String all = "#pk = :pk";
    String some = all + " AND begins_with(#sk, :prefix)";
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", Stored.text(partition)));
    if (!prefix.isEmpty()) {
      values.put(":prefix", Stored.text(prefix));
    }
    return client
        .queryPaginator(
            query
                .tableName(table)
                .keyConditionExpression(prefix.isEmpty() ? all : some)
                .expressionAttributeNames(Map.of("#pk", Stored.PK, "#sk", Stored.SK))
                .expressionAttributeValues(values)
                .consistentRead(true)
                .build())
        .items()
        .stream();
  }
}
