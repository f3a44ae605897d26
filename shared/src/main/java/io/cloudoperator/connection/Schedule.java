package io.cloudoperator.connection;

import java.time.Duration;
import java.util.Optional;

/** How often a connection is scanned on schedule. */
public enum Schedule {
  OFF(Duration.ZERO),
  HOURLY(Duration.ofHours(1)),
  SIX_HOURLY(Duration.ofHours(6)),
  DAILY(Duration.ofDays(1)),
  WEEKLY(Duration.ofDays(7));

  private final Duration interval;

  Schedule(Duration interval) {
    this.interval = interval;
  }

  /** The time between two scans; empty when off. */
  public Optional<Duration> interval() {
    return this == OFF ? Optional.empty() : Optional.of(interval);
  }
}
