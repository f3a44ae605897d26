package io.cloudoperator.concurrent;

import io.cloudoperator.aws.RateLimiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Does the same for many things, some of them at once: how fast it goes is the {@link
 * RateLimiter}'s to say, not the round trip's.
 */
public final class ParallelMap {
  /**
   * Enough for the fastest pace over a round trip of a second, and so few that each waits for its
   * token a few seconds at most: an attempt may take twenty.
   */
  public static final int AT_ONCE = 8;

  private ParallelMap() {}

  /**
   * Asks about each of them; what comes back is in their order. Once one fails, no other is begun.
   *
   * @throws RuntimeException what the first that failed threw
   */
  public static <T, R> List<R> each(List<T> things, Function<T, R> question) {
    Semaphore free = new Semaphore(AT_ONCE);
    AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());
    List<Future<Optional<R>>> asked = new ArrayList<>(things.size());
    // Closed, it waits: no call comes after the client was closed or the ledger read.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T thing : things) {
        asked.add(
            threads.submit(() -> {
              free.acquire();
              try {
                return failure.get().isEmpty()
                    ? Optional.of(question.apply(thing))
                    : Optional.empty();
              } catch (RuntimeException e) {
                failure.updateAndGet(first -> first.or(() -> Optional.of(e)));
                return Optional.empty();
              } finally {
                free.release();
              }
            }));
      }
    }
    failure
        .get()
        .ifPresent(e -> {
          throw e;
        });
    return asked.stream()
        .map(each -> {
          if (each.state() == Future.State.SUCCESS) {
            return each.resultNow().orElseThrow();
          }
          throw AbortedException.create("interrupted");
        })
        .toList();
  }
}
