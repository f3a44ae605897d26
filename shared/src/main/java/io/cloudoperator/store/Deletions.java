package io.cloudoperator.store;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Deletes many items of a table, whatever they hold. */
final class Deletions {
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
  private static final int BATCH = 25;

  private final DynamoDbClient client;
  private final String table;

  Deletions(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Deletes every one, or throws: DynamoDB may leave out some of a batch. */
  void delete(List<Map<String, AttributeValue>> keys) {
    for (int from = 0; from < keys.size(); from += BATCH) {
      deleteBatch(
          keys.subList(from, Math.min(from + BATCH, keys.size())).stream()
              .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
              .toList());
    }
  }

  private void deleteBatch(List<WriteRequest> requests) {
    List<WriteRequest> left = requests;
    for (int attempt = 1; ; attempt++) {
      Map<String, List<WriteRequest>> batch = Map.of(table, left);
      BatchWriteItemResponse answer =
          Writes.settled(() -> client.batchWriteItem(request -> request.requestItems(batch)));
      left = answer.unprocessedItems().getOrDefault(table, List.of());
      if (left.isEmpty()) {
        return;
      }
      Writes.pause(attempt, new IllegalStateException(left.size() + " items could not be deleted"));
    }
  }
}
