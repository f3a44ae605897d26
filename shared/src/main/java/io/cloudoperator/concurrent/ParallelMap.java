package io.cloudoperator.concurrent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Applies a function to each element of a list, on virtual threads and a bounded number at a time.
 * Results are in the order of the elements. Every method returns only after all of its threads have
 * ended: no call comes after the client was closed or the ledger read. If the calling thread is
 * interrupted, so are they.
 */
public final class ParallelMap {
  /**
   * The elements at a time where no other number is given: enough for the fastest request rate over
   * a round trip of a second, and so few that each waits for its token a few seconds at most.
   */
  public static final int AT_ONCE = 8;

  private static final Duration NO_LIMIT = Duration.ofDays(1);

  private ParallelMap() {}

  /**
   * Maps {@value #AT_ONCE} at a time. Once one fails, no other is begun.
   *
   * @throws RuntimeException what the first that failed threw
   * @throws CancellationException if the calling thread was interrupted
   */
  public static <T, R> List<R> each(List<T> elements, Function<T, R> function) {
    AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());
    List<Future<Optional<R>>> results =
        settled(
            elements,
            AT_ONCE,
            element -> {
              if (failure.get().isPresent()) {
                return Optional.empty();
              }
              try {
                return Optional.of(function.apply(element));
              } catch (RuntimeException e) {
                failure.updateAndGet(first -> first.or(() -> Optional.of(e)));
                return Optional.empty();
              }
            });
    failure
        .get()
        .ifPresent(e -> {
          throw e;
        });
    return results.stream().map(result -> value(result).orElseThrow()).toList();
  }

  /**
   * Maps all at once.
   *
   * @throws RuntimeException what one of them threw
   */
  public static <T, R> List<R> all(List<T> elements, Function<T, R> function) {
    return each(elements, function, NO_LIMIT);
  }

  /**
   * Maps all at once; those that are not done after {@code patience} are interrupted.
   *
   * @param function ends soon once its thread is interrupted
   * @throws RuntimeException what one of them threw
   */
  public static <T, R> List<R> each(List<T> elements, Function<T, R> function, Duration patience) {
    return settled(elements, Math.max(1, elements.size()), function, patience).stream()
        .map(ParallelMap::value)
        .toList();
  }

  /**
   * Maps this many at a time, and goes on past those that fail.
   *
   * @return a future for each element, done with its result or its failure; one that was not begun
   *     because the calling thread was interrupted stays {@link Future.State#RUNNING}
   */
  public static <T, R> List<Future<R>> settled(
      List<T> elements, int atOnce, Function<T, R> function) {
    return settled(elements, atOnce, function, NO_LIMIT);
  }

  private static <T, R> List<Future<R>> settled(
      List<T> elements, int atOnce, Function<T, R> function, Duration patience) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().name("parallel-", 0).factory())) {
      List<Future<R>> results =
          elements.stream()
              .map(element -> threads.submit((Callable<R>) () -> function.apply(element)))
              .toList();
      threads.shutdown();
      try {
        if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          threads.shutdownNow();
        }
      } catch (InterruptedException _) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
      }
      return results;
    }
  }

  private static <R> R value(Future<R> result) {
    return switch (result.state()) {
      case SUCCESS -> result.resultNow();
      case FAILED ->
          throw switch (result.exceptionNow()) {
            case RuntimeException failure -> failure;
            case Throwable failure -> new IllegalStateException("a parallel task failed", failure);
          };
      case CANCELLED, RUNNING -> throw new CancellationException("interrupted");
    };
  }
}
