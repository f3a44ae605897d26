package io.cloudoperator.platform.template;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/**
 * A DynamoDB table of the template.
 *
 * @param request makes it; its name is {@code TableName}, or else the logical id
 * @param ttlAttribute the attribute that holds the second after which an item has expired
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html">
 *     AWS::DynamoDB::Table</a>
 */
public record TableResource(
    String logicalId, CreateTableRequest request, Optional<String> ttlAttribute) {

  /** The physical name. */
  public String name() {
    return request.tableName();
  }
}
