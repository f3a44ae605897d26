package io.cloudoperator.store;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.store.stored.UnreadableItems;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The scans table, with all of one connection in one partition, and the connections table, on whose
 * items its writes are conditional. Items are always read as they were last written.
 *
 * @param client may read and write the first, and check conditions of the second
 * @param scans the first one's name
 * @param connections the second one's name
 * @param clock tells which items have expired: DynamoDB takes days to delete them
 * @param unreadable is told of items that cannot be read
 */
public record ScanTables(
    DynamoDbClient client,
    String scans,
    String connections,
    InstantSource clock,
    UnreadableItems unreadable) {

  static Map<String, AttributeValue> key(ScanKey key, String sk) {
    return Stored.key(ScanKeys.partition(key), sk);
  }

  static QueryRequest.Builder keysOnly() {
    return QueryRequest.builder().projectionExpression("#pk, #sk");
  }

  StoredReads reads() {
    return new StoredReads(unreadable);
  }

  Optional<Map<String, AttributeValue>> item(TenantId tenant, ConnectionId connection, String sk) {
    Map<String, AttributeValue> key = Stored.key(ScanKeys.partition(tenant, connection), sk);
    return Optional.of(
            client
                .getItem(request -> request.tableName(scans).key(key).consistentRead(true))
                .item())
        .filter(item -> !item.isEmpty());
  }

  /** A page at a time, as the stream is read; those that have expired are among them. */
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
                .tableName(scans)
                .keyConditionExpression(prefix.isEmpty() ? all : some)
                .expressionAttributeNames(Map.of("#pk", Stored.PK, "#sk", Stored.SK))
                .expressionAttributeValues(values)
                .consistentRead(true)
                .build())
        .items()
        .stream();
  }

  /** The newest items of a prefix, newest first. */
  Stream<Map<String, AttributeValue>> newest(
      String partition, String prefix, int most, QueryRequest.Builder query) {
    return query(partition, prefix, query.scanIndexForward(false).limit(most)).limit(most);
  }

  boolean live(Map<String, AttributeValue> item) {
    return !Stored.expired(item, clock.instant());
  }

  /** A transaction that begins with a check of the run's connection, at the position 0. */
  Transaction ifConnection(Run run, ConnectionStatus... statuses) {
    ScanKey key = run.key();
    return ConnectionRecord.check(
        new Transaction(client),
        connections,
        key.tenant(),
        key.connection(),
        run.generation(),
        statuses);
  }
}
