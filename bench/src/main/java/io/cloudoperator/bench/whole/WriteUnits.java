package io.cloudoperator.bench.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The units that AWS asks for transactions: two for each KB of each item, also of one that is only
 * checked. DynamoDB Local says four for each KB of what is written, of all items together, and one
 * for each KB of what is checked; of all other writes it says what AWS says. How large an item is
 * that is there already, is known from the requests that wrote it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">two
 *     underlying writes of every item in the transaction</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">sizes
 *     of items</a>
 */
final class WriteUnits {
  private static final int UNIT = 1024;
  private static final Set<String> KEY = Set.of("pk", "sk");

  private record Key(String table, Map<String, AttributeValue> key) {}

  private final Map<Key, Integer> sizes = new ConcurrentHashMap<>();

  /**
   * The units of a write that was done.
   *
   * @param said by DynamoDB Local
   */
  double of(SdkRequest request, double said) {
    return switch (request) {
      case PutItemRequest put -> {
        put(put.tableName(), put.item());
        yield said;
      }
      case UpdateItemRequest update -> {
        added(update.tableName(), update.key(), update.expressionAttributeValues());
        yield said;
      }
      case TransactWriteItemsRequest all ->
          all.transactItems().stream().mapToDouble(item -> 2 * units(bytes(item))).sum();
      default -> said;
    };
  }

  private int bytes(TransactWriteItem item) {
    if (item.put() != null) {
      return put(item.put().tableName(), item.put().item());
    }
    if (item.update() != null) {
      return added(
          item.update().tableName(),
          item.update().key(),
          item.update().expressionAttributeValues());
    }
    return item.delete() != null
        ? sizes.getOrDefault(new Key(item.delete().tableName(), item.delete().key()), 0)
        : sizes.getOrDefault(
            new Key(item.conditionCheck().tableName(), item.conditionCheck().key()), 0);
  }

  private int put(String table, Map<String, AttributeValue> item) {
    int bytes = bytes(item);
    Map<String, AttributeValue> key = new HashMap<>(item);
    key.keySet().retainAll(KEY);
    sizes.put(new Key(table, key), bytes);
    return bytes;
  }

  /** Values of conditions count as if they were written; what is there already stays. */
  private int added(
      String table, Map<String, AttributeValue> key, Map<String, AttributeValue> values) {
    return sizes.merge(new Key(table, key), bytes(values), Integer::sum);
  }

  private static double units(int bytes) {
    return Math.max(1, Math.ceilDiv(bytes, UNIT));
  }

  static int bytes(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(each -> each.getKey().getBytes(UTF_8).length + bytes(each.getValue()))
        .sum();
  }

  private static int bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().getBytes(UTF_8).length;
      case N -> value.n().length() / 2 + 1;
      case B -> value.b().asByteArrayUnsafe().length;
      case M -> 3 + value.m().size() + bytes(value.m());
      case L -> 3 + value.l().stream().mapToInt(each -> 1 + bytes(each)).sum();
      case BOOL, NUL -> 1;
      case SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("the tables have no sets");
    };
  }
}
