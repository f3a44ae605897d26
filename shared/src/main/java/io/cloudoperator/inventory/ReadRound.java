package io.cloudoperator.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The items of a source that were read in one scan, of which nothing else may be kept: functions
 * without a URL. Of their names there are fingerprints of 48 bits, from which no name can be read.
 *
 * @param at when the scan began
 * @param items their fingerprints, in order, in base64
 */
public record ReadRound(Instant at, String items) {
  private static final int BYTES = 6;

  /** Of items by their names. */
  public static ReadRound of(Instant at, Collection<Long> fingerprints) {
    ByteBuffer packed = ByteBuffer.allocate(fingerprints.size() * BYTES);
    fingerprints.stream()
        .sorted()
        .forEach(fingerprint ->
            packed.putShort((short) (fingerprint >>> 32)).putInt(fingerprint.intValue()));
    return new ReadRound(at, Base64.getEncoder().encodeToString(packed.array()));
  }

  /**
   * The fingerprints of its items.
   *
   * @throws IllegalArgumentException if what was stored is damaged
   */
  public Set<Long> fingerprints() {
    ByteBuffer packed = ByteBuffer.wrap(Base64.getDecoder().decode(items));
    Set<Long> all = new HashSet<>();
    while (packed.remaining() >= BYTES) {
      all.add(((packed.getShort() & 0xffffL) << 32) | (packed.getInt() & 0xffffffffL));
    }
    return all;
  }

  /** Of a name. Of 20,000 names, two are alike once in a million. */
  public static long fingerprint(String name) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
      return digest.getLong() >>> (Long.SIZE - BYTES * Byte.SIZE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
