package io.cloudoperator.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/**
 * A set of texts that keeps the first 64 bits of their SHA-256, of a million texts at most. Once it
 * is full, a new text is taken for new each time. Not safe for use by many threads.
 */
final class FingerprintSet {
  private static final int MOST = 1_000_000;

  private final Set<Long> fingerprints = new HashSet<>();
  private boolean full;

  /** Adds a text. {@code false} if it was there. */
  boolean add(String text) {
    long fingerprint = fingerprint(text);
    if (fingerprints.size() == MOST) {
      full |= !fingerprints.contains(fingerprint);
      return !fingerprints.contains(fingerprint);
    }
    return fingerprints.add(fingerprint);
  }

  boolean contains(String text) {
    return fingerprints.contains(fingerprint(text));
  }

  /** Whether it could not take all. */
  boolean full() {
    return full;
  }

  private static long fingerprint(String text) {
    try {
      return ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
