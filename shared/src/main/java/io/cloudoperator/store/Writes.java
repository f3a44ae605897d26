package io.cloudoperator.store;

import io.cloudoperator.scan.Written;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Conditional writes whose refusal is an answer. What only collided with another transaction is
 * repeated for up to about two seconds; the SDK does not do so.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">Reasons
 *     of a cancelled transaction</a>
 */
final class Writes {
  private static final int ATTEMPTS = 8;
  private static final BackoffStrategy BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(20), Duration.ofMillis(500));

  private static final String NONE = "None";
  private static final String REFUSED = "ConditionalCheckFailed";
  private static final Set<String> PASSING =
      Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private Writes() {}

  /** Writes one item. {@code false} if its condition did not hold. */
  static boolean one(Runnable write) {
    try {
      settled(() -> {
        write.run();
        return true;
      });
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  /** As the other one, refused for that reason. */
  static Written one(Written.Reason reason, Runnable write) {
    return one(write) ? new Written.Done() : new Written.Refused(reason);
  }

  /** The answer to a write outside of a transaction. */
  static <T> T settled(Supplier<T> write) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write.get();
      } catch (TransactionConflictException e) {
        pause(attempt, e);
      }
    }
  }

  /**
   * Writes a transaction.
   *
   * @return the positions of the items whose conditions did not hold; empty if all was written
   */
  static Set<Integer> all(Runnable transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction.run();
        return Set.of();
      } catch (TransactionCanceledException e) {
        Set<Integer> refused = refused(e);
        if (!refused.isEmpty()) {
          return refused;
        }
        if (!passing(e.cancellationReasons())) {
          throw e;
        }
        pause(attempt, e);
      }
    }
  }

  private static Set<Integer> refused(TransactionCanceledException e) {
    Set<Integer> refused = new TreeSet<>();
    List<CancellationReason> reasons = e.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      if (REFUSED.equals(reasons.get(i).code())) {
        refused.add(i);
      }
    }
    return refused;
  }

  private static boolean passing(List<CancellationReason> reasons) {
    return !reasons.isEmpty()
        && reasons.stream()
            .map(CancellationReason::code)
            .filter(code -> code != null && !code.equals(NONE))
            .allMatch(PASSING::contains);
  }

  /** Waits, longer with each attempt; throws the cause when there were enough of them. */
  static void pause(int attempt, RuntimeException cause) {
    if (attempt == ATTEMPTS) {
      throw cause;
    }
    try {
      Thread.sleep(BACKOFF.computeDelay(attempt));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
