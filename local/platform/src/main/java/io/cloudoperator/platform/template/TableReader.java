package io.cloudoperator.platform.template;

import io.cloudoperator.cloudformation.TemplateNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the properties of a table. */
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
          "PointInTimeRecoverySpecification",
          "SSESpecification",
          "TableClass",
          "Tags",
          "OnDemandThroughput",
          "ContributorInsightsSpecification",
          "WarmThroughput");

  private TableReader() {}

  static TableResource read(String id, TemplateNode properties) {
    properties.only(PROPERTIES);
    Map<String, String> types = new HashMap<>();
    for (TemplateNode attribute : properties.need("AttributeDefinitions").items()) {
      types.put(attribute.need("AttributeName").text(), attribute.need("AttributeType").text());
    }
    TemplateNode keys = properties.need("KeySchema");
    return new TableResource(
        id,
        properties.at("TableName").optionalText().orElse(id),
        key(keys, "HASH", types).orElseThrow(() -> keys.refuse("has no HASH key")),
        key(keys, "RANGE", types),
        properties.at("GlobalSecondaryIndexes").items().stream()
            .map(index -> index(index, types))
            .toList(),
        timeToLive(properties.at("TimeToLiveSpecification")),
        properties.at("StreamSpecification").absent()
            ? Optional.empty()
            : Optional.of(properties.at("StreamSpecification").need("StreamViewType").text()));
  }

  private static TableResource.Index index(TemplateNode index, Map<String, String> types) {
    index.only(Set.of("IndexName", "KeySchema", "Projection", "OnDemandThroughput"));
    TemplateNode keys = index.need("KeySchema");
    TemplateNode projection = index.need("Projection");
    return new TableResource.Index(
        index.need("IndexName").text(),
        key(keys, "HASH", types).orElseThrow(() -> keys.refuse("has no HASH key")),
        key(keys, "RANGE", types),
        projection.need("ProjectionType").text(),
        texts(projection.at("NonKeyAttributes")));
  }

  private static Optional<TableResource.Key> key(
      TemplateNode schema, String type, Map<String, String> types) {
    List<TemplateNode> keys =
        schema.items().stream().filter(key -> key.need("KeyType").text().equals(type)).toList();
    if (keys.size() > 1) {
      throw schema.refuse("has more than one " + type + " key");
    }
    return keys.stream()
        .findFirst()
        .map(key -> {
          String attribute = key.need("AttributeName").text();
          String defined = types.get(attribute);
          if (defined == null) {
            throw key.refuse(attribute + " is not among AttributeDefinitions");
          }
          return new TableResource.Key(attribute, defined);
        });
  }

  private static Optional<String> timeToLive(TemplateNode specification) {
    if (specification.absent() || !specification.need("Enabled").bool(false)) {
      return Optional.empty();
    }
    return Optional.of(specification.need("AttributeName").text());
  }

  private static List<String> texts(TemplateNode list) {
    return list.items().stream().map(TemplateNode::text).toList();
  }
}
