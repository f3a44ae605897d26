package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundStartTest {
  @Test
  void givesWhatItMadeAndClosesIt() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    BackgroundStart<AutoCloseable> task =
        BackgroundStart.start("made", () -> () -> closed.set(true));

    assertThat(task.result()).isNotNull();
    assertThat(closed).isFalse();

    task.close();
    assertThat(closed).isTrue();
  }

  @Test
  void closesWhatIsMadeOnlyLater() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    BackgroundStart<AutoCloseable> task =
        BackgroundStart.start(
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
    BackgroundStart<String> task =
        BackgroundStart.start(
            "failing",
            () -> {
              throw new StartException("It is damaged.");
            });

    assertThatThrownBy(task::result)
        .isInstanceOf(StartException.class)
        .hasMessage("It is damaged.");
    task.close();
  }

  private static void closeUnchecked(BackgroundStart<?> task) {
    try {
      task.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
