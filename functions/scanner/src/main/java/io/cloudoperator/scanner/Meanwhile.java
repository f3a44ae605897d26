package io.cloudoperator.scanner;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Something that is read while others are, for none of them needs what another says. */
final class Meanwhile<T> {
  private final FutureTask<T> reading;

  private Meanwhile(FutureTask<T> reading) {
    this.reading = reading;
  }

  /** Begins to read. */
  static <T> Meanwhile<T> read(Supplier<T> what) {
    FutureTask<T> reading = new FutureTask<>(what::get);
    Thread.ofVirtual().name("meanwhile").start(reading);
    return new Meanwhile<>(reading);
  }

  /** What was read, once it is; fails as the reading did. What is never asked for may fail. */
  T value() {
    try {
      return reading.get();
    } catch (ExecutionException _) {
      switch (reading.exceptionNow()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case Throwable failure -> throw new IllegalStateException("a reading failed", failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading", e);
    }
  }
}
