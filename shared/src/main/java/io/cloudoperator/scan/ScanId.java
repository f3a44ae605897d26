package io.cloudoperator.scan;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names one scan: a UUID of version 7, so that ids sort by the time at which they were made.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562</a>
 */
public record ScanId(String value) implements Comparable<ScanId> {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  /**
   * @throws IllegalArgumentException unless a UUID of version 7 in lower case
   */
  public ScanId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a scan id is a UUID of version 7 in lower case");
    }
  }

  /** A new id for a scan that begins at {@code now}. */
  public static ScanId at(Instant now, RandomGenerator random) {
    long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0fffL);
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new ScanId(new UUID(high, low).toString());
  }

  @Override
  public int compareTo(ScanId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
