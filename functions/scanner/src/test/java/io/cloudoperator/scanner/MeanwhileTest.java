package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class MeanwhileTest {
  @Test
  @Timeout(20)
  void readsWhileOthersDo() {
    CountDownLatch both = new CountDownLatch(2);

    Meanwhile<String> one = Meanwhile.read(() -> metAt(both, "one"));
    Meanwhile<String> other = Meanwhile.read(() -> metAt(both, "other"));

    assertThat(one.value() + other.value()).isEqualTo("oneother");
  }

  @Test
  void failsAsTheReadingDid() {
    IllegalStateException failure = new IllegalStateException("no store");

    Meanwhile<String> read =
        Meanwhile.read(() -> {
          throw failure;
        });

    assertThatThrownBy(read::value).isSameAs(failure);
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
