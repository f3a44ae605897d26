package io.cloudoperator.local.backend;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * What IAM is asked when a function calls AWS.
 *
 * @param action such as {@code dynamodb:GetItem}
 * @param resource its ARN; of a table or an index, {@code table/...} alone, and of a bus {@code
 *     bus/...}
 * @param conditionKeys the keys that this call gives a value to, as far as roles ask for them
 */
record AwsCall(String action, String resource, Set<String> conditionKeys) {
  AwsCall(String action, String resource) {
    this(action, resource, Set.of());
  }

  /** The calls of one request. */
  static Stream<AwsCall> of(SdkRequest request) {
    return switch (request) {
      case GetItemRequest get -> table("GetItem", get.tableName());
      case PutItemRequest put -> table("PutItem", put.tableName());
      case UpdateItemRequest update -> table("UpdateItem", update.tableName());
      case DeleteItemRequest delete -> table("DeleteItem", delete.tableName());
      case QueryRequest query when query.indexName() != null ->
          table("Query", query.tableName() + "/index/" + query.indexName());
      case QueryRequest query -> table("Query", query.tableName());
      // An action of its own, which stands for its puts and deletes:
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
      case BatchWriteItemRequest batch ->
          batch.requestItems().keySet().stream().flatMap(table -> table("BatchWriteItem", table));
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().stream().flatMap(AwsCall::of);
      case DecryptRequest decrypt -> key("Decrypt", decrypt.keyId(), decrypt.encryptionContext());
      case GenerateDataKeyRequest generate ->
          key("GenerateDataKey", generate.keyId(), generate.encryptionContext());
      case SignRequest sign -> key("Sign", sign.keyId(), Map.of());
      case GetPublicKeyRequest get -> key("GetPublicKey", get.keyId(), Map.of());
      case AssumeRoleRequest assume -> Stream.of(new AwsCall("sts:AssumeRole", assume.roleArn()));
      case PutEventsRequest put ->
          put.entries().stream()
              .map(entry -> new AwsCall("events:PutEvents", "bus/" + entry.eventBusName()));
      case StartExecutionRequest start ->
          Stream.of(new AwsCall("states:StartExecution", start.stateMachineArn()));
      // Made with a session of the customer's role, not with the function's own.
      case SdkRequest lean when lean.getClass().getName().startsWith("io.cloudoperator.aws.") ->
          Stream.empty();
      default -> Stream.of(new AwsCall("unknown:" + request.getClass().getSimpleName(), "*"));
    };
  }

  // A transaction needs what its items need:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
  private static Stream<AwsCall> of(TransactWriteItem item) {
    if (item.conditionCheck() != null) {
      return table("ConditionCheckItem", item.conditionCheck().tableName());
    }
    if (item.put() != null) {
      return table("PutItem", item.put().tableName());
    }
    if (item.update() != null) {
      return table("UpdateItem", item.update().tableName());
    }
    return table("DeleteItem", item.delete().tableName());
  }

  private static Stream<AwsCall> table(String operation, String table) {
    return Stream.of(new AwsCall("dynamodb:" + operation, "table/" + table));
  }

  private static Stream<AwsCall> key(String operation, String key, Map<String, String> context) {
    return Stream.of(
        new AwsCall(
            "kms:" + operation,
            key,
            context.keySet().stream()
                .map(name -> "kms:EncryptionContext:" + name)
                .collect(Collectors.toSet())));
  }
}
