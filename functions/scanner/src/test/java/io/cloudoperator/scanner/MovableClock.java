package io.cloudoperator.scanner;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The machine's time, until a test lets some of it pass, or stops it. */
final class MovableClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;
  private volatile Optional<Instant> stopped = Optional.empty();

  @Override
  public Instant instant() {
    return stopped.orElseGet(() -> Instant.now().plus(ahead));
  }

  void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  /** It is this moment until it is another one. */
  void stopAt(Instant moment) {
    stopped = Optional.of(moment);
  }
}
