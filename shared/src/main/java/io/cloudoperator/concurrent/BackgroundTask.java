package io.cloudoperator.concurrent;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A supplier that runs on a virtual thread of its own while the caller goes on. Safe for use by
 * many threads.
 */
public final class BackgroundTask<T> {
  private final FutureTask<T> task;

  private BackgroundTask(FutureTask<T> task) {
    this.task = task;
  }

  /** Starts the supplier at once. */
  public static <T> BackgroundTask<T> start(Supplier<T> supplier) {
    FutureTask<T> task = new FutureTask<>(supplier::get);
    Thread.ofVirtual().name("background").start(task);
    return new BackgroundTask<>(task);
  }

  /**
   * Waits for the result. The failure of a task whose result is never asked for is not seen.
   *
   * @throws RuntimeException what the supplier threw
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public T result() {
    try {
      return task.get();
    } catch (ExecutionException _) {
      switch (task.exceptionNow()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case Throwable failure -> throw new IllegalStateException("a task failed", failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a task", e);
    }
  }
}
