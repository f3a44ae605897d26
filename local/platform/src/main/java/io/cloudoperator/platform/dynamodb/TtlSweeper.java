package io.cloudoperator.platform.dynamodb;

import io.cloudoperator.platform.template.TableResource;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Deletes expired items. DynamoDB Local's own job, for small tables only, needs Joda-Time, which is
 * left out; DynamoDB deletes within days: a reader must look at the attribute in any case.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to
 *     Live</a>
 */
public final class TtlSweeper implements Runnable {
  private final DynamoDbClient client;
  private final List<TableResource> tables;
  private final InstantSource clock;

  /** Sweeps those of the tables that have a TTL attribute. */
  public TtlSweeper(DynamoDbClient client, Collection<TableResource> tables, InstantSource clock) {
    this.client = client;
    this.tables = tables.stream().filter(table -> table.ttlAttribute().isPresent()).toList();
    this.clock = clock;
  }

  @Override
  public void run() {
    sweep();
  }

  /** Deletes every item that has expired by now, and returns how many they were. */
  public int sweep() {
    AttributeValue now = AttributeValue.fromN(Long.toString(clock.instant().getEpochSecond()));
    return tables.stream().mapToInt(table -> sweep(table, now)).sum();
  }

  private int sweep(TableResource table, AttributeValue now) {
    Map<String, String> names = new HashMap<>();
    names.put("#ttl", table.ttlAttribute().orElseThrow());
    Map<String, String> keys = new HashMap<>();
    table
        .request()
        .keySchema()
        .forEach(key -> keys.put("#" + key.keyTypeAsString(), key.attributeName()));
    Map<String, String> all = new HashMap<>(names);
    all.putAll(keys);
    int deleted = 0;
    for (Map<String, AttributeValue> key :
        client
            .scanPaginator(scan ->
                scan.tableName(table.name())
                    .consistentRead(true)
                    .projectionExpression(String.join(",", keys.keySet()))
                    .filterExpression("attribute_type(#ttl, :number) AND #ttl < :now")
                    .expressionAttributeNames(all)
                    .expressionAttributeValues(
                        Map.of(":now", now, ":number", AttributeValue.fromS("N"))))
            .items()) {
      try {
        client.deleteItem(delete ->
            delete
                .tableName(table.name())
                .key(key)
                .conditionExpression("#ttl < :now")
                .expressionAttributeNames(names)
                .expressionAttributeValues(Map.of(":now", now)));
        deleted++;
      } catch (ConditionalCheckFailedException _) {
        // Renewed or deleted since the scan.
      }
    }
    return deleted;
  }
}
