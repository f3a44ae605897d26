package io.cloudoperator.reconcile;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A stream of a file's content, decompressed if its first bytes say that it is gzip, whatever its
 * name says; it ends with an {@link Overflow} once it expands to more than it may.
 */
final class DecompressedStream extends FilterInputStream {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int BUFFER = 32 << 10;

  private final Counted packed;
  private final boolean compressed;
  private final long most;
  private long count;

  private DecompressedStream(InputStream content, Counted packed, boolean compressed, long most) {
    super(content);
    this.packed = packed;
    this.compressed = compressed;
    this.most = most;
  }

  static DecompressedStream open(InputStream raw, long most) throws IOException {
    Counted packed = new Counted(new BufferedInputStream(raw, BUFFER));
    packed.mark(ZIP.length);
    byte[] first = packed.readNBytes(ZIP.length);
    packed.reset();
    if (Arrays.equals(first, ZIP)) {
      throw new Overflow("it is a zip archive; unpack it first", false);
    }
    boolean gzip = first.length >= 2 && first[0] == GZIP[0] && first[1] == GZIP[1];
    return new DecompressedStream(
        gzip ? new GZIPInputStream(packed, BUFFER) : packed, packed, gzip, most);
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

  private void counted(int read) throws Overflow {
    count += read;
    if (count > most) {
      throw new Overflow(
          String.format(Locale.ROOT, "it is of more than %,d bytes when decompressed", most), true);
    }
    if (compressed
        && count > ReadLimits.EXPANSION_FREE
        && count / ReadLimits.MOST_EXPANSION > packed.count) {
      throw new Overflow(
          "it expands to more than "
              + ReadLimits.MOST_EXPANSION
              + " times its size, as no file of CloudTrail does",
          false);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Why the content is not read on. */
  static final class Overflow extends IOException {
    private static final long serialVersionUID = 1;
    final boolean tooLarge;

    Overflow(String why, boolean tooLarge) {
      super(why);
      this.tooLarge = tooLarge;
    }
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
