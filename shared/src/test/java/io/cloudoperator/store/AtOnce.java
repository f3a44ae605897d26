package io.cloudoperator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the same thing on several threads that are let go together. */
final class AtOnce {
  private AtOnce() {}

  static <T> List<T> run(int times, IntFunction<T> task) throws Exception {
    CountDownLatch start = new CountDownLatch(times);
    List<Future<T>> running = new ArrayList<>();
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < times; i++) {
        int number = i;
        Callable<T> call =
            () -> {
              start.countDown();
              start.await();
              return task.apply(number);
            };
        running.add(executor.submit(call));
      }
      for (Future<T> future : running) {
        results.add(future.get());
      }
    }
    return results;
  }
}
