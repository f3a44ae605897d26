package io.cloudoperator.platform.template;

import io.cloudoperator.cloudformation.TemplateNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** Reads the properties of a table; DynamoDB itself checks that its keys fit together. */
final class TableReader {
  private static final Set<String> PROPERTIES =
      Set.of(
          "TableName",
          "AttributeDefinitions",
          "KeySchema",
          "GlobalSecondaryIndexes",
          "TimeToLiveSpecification",
          "StreamSpecification",
          // What follows changes nothing that a program could see on a laptop.
          "BillingMode",
          "DeletionProtectionEnabled",
          "SSESpecification");

  private TableReader() {}

  static TableResource read(String id, TemplateNode properties) {
    properties.only(PROPERTIES);
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(properties.at("TableName").optionalText().orElse(id))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys(properties))
            .attributeDefinitions(
                properties.need("AttributeDefinitions").items().stream()
                    .map(attribute ->
                        AttributeDefinition.builder()
                            .attributeName(attribute.need("AttributeName").text())
                            .attributeType(attribute.need("AttributeType").text())
                            .build())
                    .toList());
    TemplateNode indexes = properties.at("GlobalSecondaryIndexes");
    if (!indexes.absent()) {
      request.globalSecondaryIndexes(indexes.items().stream().map(TableReader::index).toList());
    }
    TemplateNode stream = properties.at("StreamSpecification");
    if (!stream.absent()) {
      String view = stream.need("StreamViewType").text();
      request.streamSpecification(each -> each.streamEnabled(true).streamViewType(view));
    }
    return new TableResource(
        id, request.build(), timeToLive(properties.at("TimeToLiveSpecification")));
  }

  private static List<KeySchemaElement> keys(TemplateNode keyed) {
    return keyed.need("KeySchema").items().stream()
        .map(key ->
            KeySchemaElement.builder()
                .attributeName(key.need("AttributeName").text())
                .keyType(key.need("KeyType").text())
                .build())
        .toList();
  }

  private static GlobalSecondaryIndex index(TemplateNode index) {
    index.only(Set.of("IndexName", "KeySchema", "Projection"));
    TemplateNode projection = index.need("Projection");
    TemplateNode included = projection.at("NonKeyAttributes");
    return GlobalSecondaryIndex.builder()
        .indexName(index.need("IndexName").text())
        .keySchema(keys(index))
        .projection(built -> {
          built.projectionType(projection.need("ProjectionType").text());
          if (!included.absent()) {
            built.nonKeyAttributes(included.items().stream().map(TemplateNode::text).toList());
          }
        })
        .build();
  }

  private static Optional<String> timeToLive(TemplateNode specification) {
    return specification.absent() || !specification.need("Enabled").bool(false)
        ? Optional.empty()
        : Optional.of(specification.need("AttributeName").text());
  }
}
