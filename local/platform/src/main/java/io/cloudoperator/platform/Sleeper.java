package io.cloudoperator.platform;

import java.time.Duration;

/** Waits; passed in so that tests need not. */
@FunctionalInterface
public interface Sleeper {

  /** Returns after this time, or throws when the thread is interrupted. */
  void sleep(Duration duration) throws InterruptedException;
}
