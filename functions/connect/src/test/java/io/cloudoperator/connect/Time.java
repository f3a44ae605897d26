package io.cloudoperator.connect;

import io.cloudoperator.aws.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** A clock that moves only when somebody sleeps, and says so. */
final class Time implements InstantSource, Sleeper {
  private Instant now = Instant.parse("2076-11-22T12:00:00Z");
  private Consumer<Instant> onSleep = _ -> {};

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    now = now.plus(duration);
    onSleep.accept(now);
  }

  void onSleep(Consumer<Instant> action) {
    onSleep = action;
  }
}
