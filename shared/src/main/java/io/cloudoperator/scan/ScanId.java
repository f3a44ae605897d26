package io.cloudoperator.scan;

import io.cloudoperator.connection.UuidV7;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Names one scan: a UUID of version 7, so that ids sort by the time at which they were made.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562</a>
 */
public record ScanId(String value) implements Comparable<ScanId> {
  /**
   * @throws IllegalArgumentException unless a UUID of version 7 in lower case
   */
  public ScanId {
    if (!UuidV7.is(value)) {
      throw new IllegalArgumentException("a scan id is a UUID of version 7 in lower case");
    }
  }

  /** A new id for a scan that begins at {@code now}. */
  public static ScanId at(Instant now, RandomGenerator random) {
    return new ScanId(UuidV7.at(now, random));
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
