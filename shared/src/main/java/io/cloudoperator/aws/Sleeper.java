package io.cloudoperator.aws;

import java.time.Duration;

/** Waits; passed in so that tests need not. */
@FunctionalInterface
public interface Sleeper {
  /** The current thread's sleep. */
  Sleeper SYSTEM = Thread::sleep;

  /** Returns after this time, or throws when the thread is interrupted. */
  void sleep(Duration time) throws InterruptedException;
}
