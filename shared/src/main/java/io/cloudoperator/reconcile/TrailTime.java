package io.cloudoperator.reconcile;

import java.time.DateTimeException;
import java.time.Instant;

/** Times of events, and of when they were fetched: whoever sends them may write anything. */
public final class TrailTime {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private TrailTime() {}

  /**
   * A time in ISO 8601, such as {@code 2026-11-22T09:00:00Z}.
   *
   * @throws DateTimeException if it is none, or not of the years 1970 to 9999: what is reckoned
   *     from others would overflow
   */
  public static Instant parse(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new DateTimeException("a year before 1970 or after 9999");
    }
    return time;
  }
}
