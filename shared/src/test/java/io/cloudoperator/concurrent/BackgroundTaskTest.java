package io.cloudoperator.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class BackgroundTaskTest {
  @Test
  @Timeout(20)
  void runsWhileOthersDo() {
    CountDownLatch both = new CountDownLatch(2);

    BackgroundTask<String> one = BackgroundTask.start(() -> metAt(both, "one"));
    BackgroundTask<String> other = BackgroundTask.start(() -> metAt(both, "other"));

    assertThat(one.result() + other.result()).isEqualTo("oneother");
  }

  @Test
  void failsAsTheSupplierDid() {
    IllegalStateException failure = new IllegalStateException("no store");

    BackgroundTask<String> read =
        BackgroundTask.start(() -> {
          throw failure;
        });

    assertThatThrownBy(read::result).isSameAs(failure);
  }

  @Test
  void anInterruptedCallerStaysInterrupted() {
    BackgroundTask<String> never =
        BackgroundTask.start(() -> metAt(new CountDownLatch(2), "never"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(never::result).isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static String metAt(CountDownLatch latch, String said) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return said;
  }
}
