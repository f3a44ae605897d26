package io.cloudoperator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

class WritesTest {
  @Test
  void repeatsATransactionThatCollidedWithAnother() {
    Answers answers =
        new Answers(cancelled("None", "TransactionConflict"), cancelled("ThrottlingError", "None"));

    assertThat(Writes.all(answers)).isEmpty();
    assertThat(answers.left).isEmpty();
  }

  @Test
  void namesTheConditionsThatDidNotHold() {
    Answers answers =
        new Answers(
            cancelled("None", "ConditionalCheckFailed", "TransactionConflict"),
            cancelled("ConditionalCheckFailed", "None", "None"));

    assertThat(Writes.all(answers)).containsExactly(1);
    assertThat(answers.left).hasSize(1);
  }

  @Test
  void passesOnWhatNoRepetitionCanMend() {
    DynamoDbException invalid = cancelled("None", "ValidationError", "TransactionConflict");

    assertThatThrownBy(() -> Writes.all(new Answers(invalid))).isSameAs(invalid);
  }

  @Test
  void repeatsAWriteThatCollidedWithATransaction() {
    Answers answers =
        new Answers(TransactionConflictException.builder().message("collided").build());

    assertThat(Writes.one(answers)).isTrue();
    assertThat(answers.left).isEmpty();
  }

  @Test
  void saysThatAConditionDidNotHoldAlsoAfterACollision() {
    Answers answers =
        new Answers(
            TransactionConflictException.builder().message("collided").build(),
            ConditionalCheckFailedException.builder().message("refused").build());

    assertThat(Writes.one(answers)).isFalse();
  }

  private static DynamoDbException cancelled(String... codes) {
    List<CancellationReason> reasons =
        Arrays.stream(codes).map(code -> CancellationReason.builder().code(code).build()).toList();
    return TransactionCanceledException.builder()
        .message("cancelled")
        .cancellationReasons(reasons)
        .build();
  }

  /** Fails with each in turn, and then succeeds. */
  private static final class Answers implements Runnable {
    private final Deque<RuntimeException> left;

    Answers(RuntimeException... failures) {
      left = new ArrayDeque<>(List.of(failures));
    }

    @Override
    public void run() {
      if (!left.isEmpty()) {
        throw left.removeFirst();
      }
    }
  }
}
