package io.cloudoperator.platform;

import java.time.Duration;

/** Waits before something is tried again; passed in so that tests need not wait. */
@FunctionalInterface
public interface RetryDelay {

  /** Returns after this time, or throws when the thread is interrupted. */
  void await(Duration delay) throws InterruptedException;
}
