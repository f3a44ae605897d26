package io.cloudoperator.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's time, until a test lets some of it pass. */
final class MovableClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  void pass(Duration time) {
    ahead = ahead.plus(time);
  }
}
