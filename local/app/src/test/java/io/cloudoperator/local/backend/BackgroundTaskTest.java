package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {
  @Test
  void givesWhatItMadeAndClosesIt() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    BackgroundTask<AutoCloseable> task = BackgroundTask.start("made", () -> () -> closed.set(true));

    assertThat(task.result()).isNotNull();
    assertThat(closed).isFalse();

    task.close();
    assertThat(closed).isTrue();
  }

  @Test
  void closesWhatIsMadeOnlyLater() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    BackgroundTask<AutoCloseable> task =
        BackgroundTask.start(
            "slow",
            () -> {
              go.await();
              return () -> closed.set(true);
            });
    Thread closing = Thread.ofVirtual().start(() -> closeUnchecked(task));

    go.countDown();
    closing.join();

    assertThat(closed).isTrue();
  }

  @Test
  void throwsWhatWasThrownAndHasNothingToClose() throws Exception {
    BackgroundTask<String> task =
        BackgroundTask.start(
            "failing",
            () -> {
              throw new StartException("It is damaged.");
            });

    assertThatThrownBy(task::result)
        .isInstanceOf(StartException.class)
        .hasMessage("It is damaged.");
    task.close();
  }

  private static void closeUnchecked(BackgroundTask<?> task) {
    try {
      task.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
