package io.cloudoperator.reconcile;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, decompressed if its first bytes are those of gzip, whatever its name. It
 * ends with an {@link Overflow} once it expands to more than it may, and when its thread is
 * interrupted.
 */
final class DecompressedStream extends FilterInputStream {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int BUFFER = 32 << 10;

  // Files of CloudTrail come down to a tenth or less; deflate can do no better than a thousandth,
  // and only for what repeats itself.
  private static final int MOST_EXPANSION = 200;
  private static final long EXPANSION_FREE = 1L << 20;

  private final @Nullable DecompressedStream packed;
  private final long most;
  private long count;

  private DecompressedStream(InputStream in, @Nullable DecompressedStream packed, long most) {
    super(in);
    this.packed = packed;
    this.most = most;
  }

  /**
   * Opens a file that begins where {@code raw} stands.
   *
   * @param most bytes, after decompression
   * @throws Overflow if it is a zip archive
   */
  static DecompressedStream open(InputStream raw, long most) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(ZIP.length);
    byte[] first = in.readNBytes(ZIP.length);
    in.reset();
    if (Arrays.equals(first, ZIP)) {
      throw new Overflow("it is a zip archive; unpack it first", false);
    }
    if (Arrays.mismatch(first, GZIP) < GZIP.length) {
      return new DecompressedStream(in, null, most);
    }
    DecompressedStream packed = new DecompressedStream(in, null, Long.MAX_VALUE);
    return new DecompressedStream(new GZIPInputStream(packed, BUFFER), packed, most);
  }

  /** Bytes so far, after decompression. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    counted(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    counted(Math.max(read, 0));
    return read;
  }

  private void counted(int read) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("nobody waits for it any more");
    }
    count += read;
    if (count > most) {
      throw new Overflow(
          String.format(Locale.ROOT, "it is of more than %,d bytes when decompressed", most), true);
    }
    if (packed != null && count > EXPANSION_FREE && count / MOST_EXPANSION > packed.count) {
      throw new Overflow(
          "it expands to more than "
              + MOST_EXPANSION
              + " times its size, as no file of CloudTrail does",
          false);
    }
  }

  /** The content may not be read on. */
  static final class Overflow extends IOException {
    private static final long serialVersionUID = 1;
    final boolean tooLarge;

    Overflow(String why, boolean tooLarge) {
      super(why);
      this.tooLarge = tooLarge;
    }
  }
}
