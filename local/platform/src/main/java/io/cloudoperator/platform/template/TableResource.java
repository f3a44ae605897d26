package io.cloudoperator.platform.template;

import java.util.List;
import java.util.Optional;

/**
 * A DynamoDB table of the template.
 *
 * @param name the physical name: {@code TableName}, or else the logical id
 * @param ttlAttribute the attribute that holds the second after which an item has expired
 * @param streamView the view type of the stream, such as {@code KEYS_ONLY}; empty without a stream
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html">
 *     AWS::DynamoDB::Table</a>
 */
public record TableResource(
    String logicalId,
    String name,
    Key hash,
    Optional<Key> range,
    List<Index> indexes,
    Optional<String> ttlAttribute,
    Optional<String> streamView) {

  public TableResource {
    indexes = List.copyOf(indexes);
  }

  /** A key attribute and its type: {@code S}, {@code N} or {@code B}. */
  public record Key(String attribute, String type) {}

  /**
   * A global secondary index.
   *
   * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
   * @param included the attributes that {@code INCLUDE} projects
   */
  public record Index(
      String name, Key hash, Optional<Key> range, String projection, List<String> included) {
    public Index {
      included = List.copyOf(included);
    }
  }
}
