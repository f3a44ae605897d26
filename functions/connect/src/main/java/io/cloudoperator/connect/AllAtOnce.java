package io.cloudoperator.connect;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks about many things at the same time, each on a thread of its own, for as long as there is.
 */
final class AllAtOnce {
  private AllAtOnce() {}

  /**
   * What came back, in their order.
   *
   * @param question ends soon once its thread is interrupted
   * @param patience after which all that are not done are interrupted
   * @throws RuntimeException what one of them threw
   */
  static <T, R> List<R> each(List<T> things, Function<T, R> question, Duration patience) {
    List<Future<R>> asked;
    // Closed, it waits: no call comes after the ledger is read.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      asked = things.stream().map(thing -> threads.submit(() -> question.apply(thing))).toList();
      threads.shutdown();
      try {
        if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          threads.shutdownNow();
        }
      } catch (InterruptedException _) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
    return asked.stream()
        .map(each -> {
          if (each.state() == Future.State.FAILED
              && each.exceptionNow() instanceof RuntimeException e) {
            throw e;
          }
          return each.resultNow();
        })
        .toList();
  }
}
