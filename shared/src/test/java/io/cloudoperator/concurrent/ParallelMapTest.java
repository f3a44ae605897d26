package io.cloudoperator.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelMapTest {
  @Test
  void asksAboutAllAtTheSameTimeAndAnswersInTheirOrder() {
    CyclicBarrier all = new CyclicBarrier(3);

    assertThat(
            ParallelMap.each(
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
            ParallelMap.each(
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
  void answersInTheOrderOfTheElementsHoweverManyItMapsAtOnce() {
    List<Integer> many = IntStream.range(0, 100).boxed().toList();
    List<Integer> next = IntStream.rangeClosed(1, 100).boxed().toList();

    assertThat(ParallelMap.each(many, each -> each + 1)).isEqualTo(next);
    assertThat(ParallelMap.all(many, each -> each + 1)).isEqualTo(next);
    assertThat(ParallelMap.all(List.<Integer>of(), each -> each + 1)).isEmpty();
  }

  @Test
  void throwsWhatOneOfThemThrew() {
    assertThatThrownBy(() ->
            ParallelMap.each(
                List.of("a"),
                _ -> {
                  throw new IllegalStateException("a fault");
                },
                Duration.ofMinutes(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a fault");
  }

  @Test
  void runsNoMoreAtATimeThanItIsToldTo() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<Future<Integer>> results =
        ParallelMap.settled(
            List.of(1, 2, 3, 4, 5, 6, 7, 8),
            2,
            each -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              running.decrementAndGet();
              return each;
            });

    assertThat(results).extracting(Future::resultNow).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(most).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void goesOnPastTheOneThatFails() {
    List<Future<String>> results =
        ParallelMap.settled(
            List.of("bad", "good"),
            1,
            each -> {
              if (each.equals("bad")) {
                throw new IllegalStateException("a fault");
              }
              return each;
            });

    assertThat(results)
        .extracting(Future::state)
        .containsExactly(Future.State.FAILED, Future.State.SUCCESS);
  }

  @Test
  void beginsNothingAfterTheFirstFailure() {
    AtomicInteger begun = new AtomicInteger();
    List<Integer> many = IntStream.range(0, 1000).boxed().toList();

    assertThatThrownBy(() ->
            ParallelMap.each(
                many,
                _ -> {
                  begun.incrementAndGet();
                  throw new IllegalStateException("a fault");
                }))
        .hasMessage("a fault");

    assertThat(begun).hasValueLessThanOrEqualTo(ParallelMap.AT_ONCE);
  }

  @Test
  void anInterruptedCallerInterruptsThemAndIsToldSo() {
    CountDownLatch never = new CountDownLatch(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() ->
            ParallelMap.each(
                List.of("a", "b"),
                each -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new CancellationException("interrupted");
                  }
                  return each;
                }))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
