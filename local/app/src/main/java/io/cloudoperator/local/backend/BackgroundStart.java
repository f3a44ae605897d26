package io.cloudoperator.local.backend;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that begins at once in a thread of its own, while whoever started it does something else.
 * When it is closed, what it made is closed.
 */
@SuppressWarnings("try") // Closer, which alone closes it, knows what an interruption is.
final class BackgroundStart<T> implements AutoCloseable {
  private final FutureTask<T> task;

  private BackgroundStart(FutureTask<T> task) {
    this.task = task;
  }

  static <T> BackgroundStart<T> start(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().name(name).daemon().start(task);
    return new BackgroundStart<>(task);
  }

  /** What it made, once it has: waits for that. What it threw is thrown here. */
  T result() throws StartException, IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StartException cause -> throw cause;
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() throws Exception {
    try {
      if (task.get() instanceof AutoCloseable made) {
        made.close();
      }
    } catch (ExecutionException _) {
      // It made nothing; whoever asked for its result has the reason.
    }
  }
}
