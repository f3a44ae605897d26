package io.cloudoperator.platform.dynamodb;

import io.cloudoperator.platform.template.TableResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Makes a table of the template. */
final class TableCreator {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private TableCreator() {}

  static void create(DynamoDbClient client, TableResource table) {
    try {
      client.createTable(table.request());
    } catch (ResourceInUseException _) {
      TableDescription present = described(client, table.name());
      refuseAnotherShape(table, withNewIndexes(client, table.request(), present));
      return;
    }
    table
        .ttlAttribute()
        .ifPresent(attribute ->
            client.updateTimeToLive(update ->
                update
                    .tableName(table.name())
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true))));
  }

  private static TableDescription described(DynamoDbClient client, String name) {
    return client.describeTable(describe -> describe.tableName(name)).table();
  }

  /** As CloudFormation does, one at a time: an update may add indexes to a table that is there. */
  private static TableDescription withNewIndexes(
      DynamoDbClient client, CreateTableRequest wanted, TableDescription present) {
    TableDescription known = present;
    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      if (known.globalSecondaryIndexes().stream()
          .noneMatch(each -> each.indexName().equals(index.indexName()))) {
        client.updateTable(update ->
            update
                .tableName(wanted.tableName())
                .attributeDefinitions(wanted.attributeDefinitions())
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder()
                        .create(created ->
                            created
                                .indexName(index.indexName())
                                .keySchema(index.keySchema())
                                .projection(index.projection()))
                        .build()));
        known = whenIndexed(client, wanted.tableName(), known.globalSecondaryIndexes().size() + 1);
      }
    }
    return known;
  }

  private static TableDescription whenIndexed(DynamoDbClient client, String name, int indexes) {
    TableDescription now;
    do {
      LockSupport.parkNanos(PAUSE.toNanos());
      now = described(client, name);
    } while (now.tableStatus() != TableStatus.ACTIVE
        || now.globalSecondaryIndexes().stream()
                .filter(index -> index.indexStatus() == IndexStatus.ACTIVE)
                .count()
            < indexes);
    return now;
  }

  private static void refuseAnotherShape(TableResource table, TableDescription present) {
    CreateTableRequest wanted = table.request();
    if (!present.keySchema().equals(wanted.keySchema())
        || !Objects.equals(present.streamSpecification(), wanted.streamSpecification())
        || !indexes(
                present.globalSecondaryIndexes(),
                GlobalSecondaryIndexDescription::indexName,
                GlobalSecondaryIndexDescription::keySchema)
            .equals(
                indexes(
                    wanted.globalSecondaryIndexes(),
                    GlobalSecondaryIndex::indexName,
                    GlobalSecondaryIndex::keySchema))) {
      throw new IllegalStateException(
          "The stored table " + table.name() + " has another shape than the template's");
    }
  }

  private static <T> Map<String, List<KeySchemaElement>> indexes(
      List<T> indexes, Function<T, String> name, Function<T, List<KeySchemaElement>> keys) {
    return indexes.stream().collect(Collectors.toMap(name, keys));
  }
}
