package io.cloudoperator.local.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.time.Duration;

/** A body that breaks off, or comes a little at a time. */
final class FaultyBody extends InputStream {
  private static final int SIP = 200;

  private final byte[] bytes;
  private final int end;
  private final boolean resets;
  private final Duration pause;
  private int next;

  FaultyBody(byte[] bytes, int end, boolean resets) {
    this(bytes, end, resets, Duration.ZERO);
  }

  FaultyBody(byte[] bytes, int end, boolean resets, Duration pause) {
    this.bytes = bytes;
    this.end = end;
    this.resets = resets;
    this.pause = pause;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    if (next >= end) {
      if (resets) {
        throw new SocketException("Connection reset");
      }
      return -1;
    }
    if (!pause.isZero() && next % SIP == 0) {
      Network.pause(pause);
    }
    int count = Math.min(Math.min(most, SIP - next % SIP), end - next);
    System.arraycopy(bytes, next, into, from, count);
    next += count;
    return count;
  }
}
