package io.cloudoperator.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A set of texts of which it keeps the first 64 bits of their SHA-256, eight bytes each. Takes a
 * million of them, and after that knows no new one. Not safe for use by many threads.
 */
final class FingerprintSet {
  private static final int MOST = 1_000_000;

  private long[] slots = new long[1 << 10];
  private int size;
  private boolean full;

  /** Adds a text. {@code false} if it was there. */
  boolean add(String text) {
    long print = print(text);
    int slot = slot(print);
    if (slots[slot] == print) {
      return false;
    }
    if (size == MOST) {
      full = true;
      return true;
    }
    slots[slot] = print;
    size++;
    if (size > slots.length / 4 * 3) {
      grow();
    }
    return true;
  }

  boolean contains(String text) {
    long print = print(text);
    return slots[slot(print)] == print;
  }

  /** Whether it could not take all. */
  boolean full() {
    return full;
  }

  /** Where it is, or would be. */
  private int slot(long print) {
    int slot = (int) (print & (slots.length - 1));
    while (slots[slot] != 0 && slots[slot] != print) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    for (long print : before) {
      if (print != 0) {
        slots[slot(print)] = print;
      }
    }
  }

  private static long print(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Math.max(1, ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
