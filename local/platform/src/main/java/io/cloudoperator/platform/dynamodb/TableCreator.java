package io.cloudoperator.platform.dynamodb;

import io.cloudoperator.platform.template.TableResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Makes a table of the template. */
final class TableCreator {
  private TableCreator() {}

  static void create(DynamoDbClient client, TableResource table) {
    Optional<TableDescription> present = find(client, table.name());
    if (present.isPresent()) {
      refuseAnotherShape(table, present.get());
      return;
    }
    client.createTable(request(table));
    table
        .ttlAttribute()
        .ifPresent(attribute ->
            client.updateTimeToLive(update ->
                update
                    .tableName(table.name())
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true))));
  }

  private static Optional<TableDescription> find(DynamoDbClient client, String name) {
    try {
      return Optional.of(client.describeTable(describe -> describe.tableName(name)).table());
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }

  private static void refuseAnotherShape(TableResource table, TableDescription present) {
    Set<String> indexes = new HashSet<>();
    present.globalSecondaryIndexes().forEach(i -> indexes.add(i.indexName() + i.keySchema()));
    Set<String> wanted = new HashSet<>();
    table.indexes().forEach(i -> wanted.add(i.name() + keys(i.hash(), i.range())));
    Optional<String> view =
        Optional.ofNullable(present.streamSpecification())
            .map(StreamSpecification::streamViewTypeAsString);
    if (!present.keySchema().equals(keys(table.hash(), table.range()))
        || !indexes.equals(wanted)
        || !view.equals(table.streamView())) {
      throw new IllegalStateException(
          "The stored table " + table.name() + " has another shape than the template's");
    }
  }

  private static CreateTableRequest request(TableResource table) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys(table.hash(), table.range()))
            .attributeDefinitions(attributes(table));
    if (!table.indexes().isEmpty()) {
      request.globalSecondaryIndexes(table.indexes().stream().map(TableCreator::index).toList());
    }
    table
        .streamView()
        .ifPresent(
            view -> request.streamSpecification(s -> s.streamEnabled(true).streamViewType(view)));
    return request.build();
  }

  private static GlobalSecondaryIndex index(TableResource.Index index) {
    Projection.Builder projection = Projection.builder().projectionType(index.projection());
    if (!index.included().isEmpty()) {
      projection.nonKeyAttributes(index.included());
    }
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(keys(index.hash(), index.range()))
        .projection(projection.build())
        .build();
  }

  private static List<KeySchemaElement> keys(
      TableResource.Key hash, Optional<TableResource.Key> range) {
    List<KeySchemaElement> keys = new ArrayList<>();
    keys.add(
        KeySchemaElement.builder().attributeName(hash.attribute()).keyType(KeyType.HASH).build());
    range.ifPresent(key ->
        keys.add(
            KeySchemaElement.builder()
                .attributeName(key.attribute())
                .keyType(KeyType.RANGE)
                .build()));
    return keys;
  }

  private static List<AttributeDefinition> attributes(TableResource table) {
    Map<String, String> types = new LinkedHashMap<>();
    types.put(table.hash().attribute(), table.hash().type());
    table.range().ifPresent(key -> types.put(key.attribute(), key.type()));
    for (TableResource.Index index : table.indexes()) {
      types.put(index.hash().attribute(), index.hash().type());
      index.range().ifPresent(key -> types.put(key.attribute(), key.type()));
    }
    return types.entrySet().stream()
        .map(type ->
            AttributeDefinition.builder()
                .attributeName(type.getKey())
                .attributeType(type.getValue())
                .build())
        .toList();
  }
}
