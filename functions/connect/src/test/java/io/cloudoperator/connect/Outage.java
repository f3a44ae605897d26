package io.cloudoperator.connect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A DynamoDB that is lost at one of its writes, and at each one after that: as for a function that
 * is killed there.
 */
final class Outage {
  private static final Set<String> WRITES =
      Set.of("transactWriteItems", "putItem", "updateItem", "deleteItem", "batchWriteItem");

  private final DynamoDbClient behind;
  private final int at;
  private final boolean written;
  private final AtomicInteger writes = new AtomicInteger();

  /**
   * At the write of this number, from 1.
   *
   * @param written whether that write is made still, and only its answer is lost
   */
  Outage(DynamoDbClient behind, int at, boolean written) {
    this.behind = behind;
    this.at = at;
    this.written = written;
  }

  /** Whether anybody came so far. */
  boolean happened() {
    return writes.get() >= at;
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            Outage.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              int number = WRITES.contains(method.getName()) ? writes.incrementAndGet() : 0;
              if (number > at || (number == at && !written)) {
                throw SdkClientException.create("lost");
              }
              try {
                Object answer = method.invoke(behind, arguments);
                if (number == at) {
                  throw SdkClientException.create("lost");
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
