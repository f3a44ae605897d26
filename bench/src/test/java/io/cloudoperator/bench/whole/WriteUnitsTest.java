package io.cloudoperator.bench.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteUnitsTest {
  private static final String TABLE = "units";

  private final LocalDynamoDb database = LocalDynamoDb.inMemory();
  private final WriteUnits units = new WriteUnits();

  @BeforeAll
  void createTable() {
    database
        .client()
        .createTable(create ->
            create
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(List.of(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)))
                .attributeDefinitions(List.of(text("pk"), text("sk"))));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  @AfterAll
  void close() {
    database.close();
  }

  /** The day that this fails, DynamoDB Local can be asked again. */
  @Test
  void countsTheTransactionsThatDynamoDbLocalCountsTwiceTooOften() {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .transactItems(List.of(put("a", 9000)))
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build();

    double said =
        database.client().transactWriteItems(request).consumedCapacity().getFirst().capacityUnits();

    assertThat(said).isEqualTo(4 * 9);
    assertThat(units.of(request, said)).isEqualTo(2 * 9);
  }

  @Test
  void countsAnItemThatIsOnlyCheckedAsLargeAsItIs() {
    units.of(PutItemRequest.builder().tableName(TABLE).item(item("b", 9000)).build(), 9);

    assertThat(
            units.of(
                TransactWriteItemsRequest.builder()
                    .transactItems(
                        List.of(
                            TransactWriteItem.builder()
                                .conditionCheck(check -> check.tableName(TABLE).key(key("b")))
                                .build(),
                            put("c", 100)))
                    .build(),
                0))
        .isEqualTo(2 * 9 + 2);
  }

  @Test
  void agreesWithDynamoDbLocalOnTheSizesOfItems() {
    Map<String, AttributeValue> item = item("d", 3000);
    item.put("é", AttributeValue.fromM(Map.of("a", AttributeValue.fromN("12"))));
    int bytes = WriteUnits.bytes(item);
    item.put("x", AttributeValue.fromS("x".repeat(4 * 1024 - bytes - 1)));

    assertThat(WriteUnits.bytes(item)).isEqualTo(4 * 1024);
    assertThat(put(item)).isEqualTo(4);
    item.put("y", AttributeValue.fromS("y".repeat(8)));
    assertThat(put(item)).isEqualTo(5);
  }

  private double put(Map<String, AttributeValue> item) {
    return database
        .client()
        .putItem(put ->
            put.tableName(TABLE).item(item).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  private static TransactWriteItem put(String name, int bytes) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(TABLE).item(item(name, bytes)))
        .build();
  }

  private static Map<String, AttributeValue> key(String name) {
    return Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS(name));
  }

  private static Map<String, AttributeValue> item(String name, int bytes) {
    Map<String, AttributeValue> item = new HashMap<>(key(name));
    item.put("body", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[bytes])));
    return item;
  }
}
