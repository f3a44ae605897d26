package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AllAtOnceTest {
  @Test
  void asksAboutAllAtTheSameTimeAndAnswersInTheirOrder() {
    CyclicBarrier all = new CyclicBarrier(3);

    assertThat(
            AllAtOnce.each(
                List.of("a", "b", "c"),
                thing -> {
                  try {
                    all.await();
                  } catch (InterruptedException | BrokenBarrierException e) {
                    throw new AssertionError(e);
                  }
                  return thing + "!";
                },
                Duration.ofMinutes(1)))
        .containsExactly("a!", "b!", "c!");
  }

  @Test
  void interruptsWhatIsNotDoneInTimeAndKeepsWhatItThenSays() {
    CountDownLatch never = new CountDownLatch(1);

    assertThat(
            AllAtOnce.each(
                List.of("quick", "slow"),
                thing -> {
                  if (thing.equals("slow")) {
                    try {
                      never.await();
                    } catch (InterruptedException _) {
                      return "broken off";
                    }
                  }
                  return thing;
                },
                Duration.ofMillis(50)))
        .containsExactly("quick", "broken off");
  }

  @Test
  void throwsWhatOneOfThemThrew() {
    assertThatThrownBy(() ->
            AllAtOnce.each(
                List.of("a"),
                _ -> {
                  throw new IllegalStateException("a fault");
                },
                Duration.ofMinutes(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a fault");
  }
}
