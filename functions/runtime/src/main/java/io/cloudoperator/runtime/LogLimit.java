package io.cloudoperator.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * Which requests of a kind that anyone can cause by the thousand get a line of their own in the
 * logs: so many a minute. The others are counted. Safe for use by many threads.
 */
final class LogLimit {
  /** In each instance of a function. */
  static final int LINES_A_MINUTE = 60;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant begun = Instant.EPOCH;
  private int requests;

  /** Whether this one gets a line. */
  synchronized boolean admits() {
    requests++;
    return requests <= LINES_A_MINUTE;
  }

  /** How many had no line in the minute that has ended; zero while it goes on. */
  synchronized int ended(Instant now) {
    if (begun.plus(MINUTE).isAfter(now)) {
      return 0;
    }
    int without = Math.max(0, requests - LINES_A_MINUTE);
    begun = now;
    requests = 0;
    return without;
  }
}
