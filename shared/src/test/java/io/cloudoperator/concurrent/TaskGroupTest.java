package io.cloudoperator.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TaskGroupTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void handsOutTasksInTheOrderInWhichTheyFinish() {
    CountDownLatch second = new CountDownLatch(1);
    try (TaskGroup<String, Integer> group = new TaskGroup<>(2, LONG)) {
      group.start(
          "first",
          () -> {
            second.await();
            return 1;
          });
      group.start("second", () -> 2);

      assertThat(group.poll(LONG).orElseThrow().key()).isEqualTo("second");
      second.countDown();
      assertThat(group.poll(LONG).orElseThrow().result().resultNow()).isEqualTo(1);
    }
  }

  @Test
  void handsOutAnInterruptedTaskWithWhatItThenSays() {
    try (TaskGroup<String, String> group = new TaskGroup<>(1, LONG)) {
      CountDownLatch started = new CountDownLatch(1);
      group.start(
          "slow",
          () -> {
            try {
              started.countDown();
              new CountDownLatch(1).await();
              return "read";
            } catch (InterruptedException _) {
              return "interrupted";
            }
          });
      assertThat(group.poll(Duration.ZERO)).isEmpty();
      await(started);

      group.interrupt();

      assertThat(group.poll(LONG).orElseThrow().result().resultNow()).isEqualTo("interrupted");
    }
  }

  @Test
  void handsOutAFailureAsAnOutcome() {
    try (TaskGroup<String, String> group = new TaskGroup<>(1, LONG)) {
      group.start(
          "bad",
          () -> {
            throw new IllegalStateException("a fault");
          });

      assertThat(group.poll(LONG).orElseThrow().result().state()).isEqualTo(Future.State.FAILED);
    }
  }

  @Test
  void anInterruptedCallerStaysInterrupted() {
    try (TaskGroup<String, String> group = new TaskGroup<>(1, LONG)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> group.poll(LONG)).isInstanceOf(IllegalStateException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
