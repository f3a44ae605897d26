package io.cloudoperator.sample.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text on its way out: appended to a buffer, which is sent each time it is full. */
public final class TextSink {

  private static final int FULL = 48 * 1024;

  private final OutputStream out;
  private final StringBuilder buffer = new StringBuilder(FULL + 16 * 1024);

  TextSink(OutputStream out) {
    this.out = out;
  }

  public StringBuilder text() {
    return buffer;
  }

  /** To be called between items: sends what was appended, if it is much. */
  public void pass() throws IOException {
    if (buffer.length() >= FULL) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(buffer.toString().getBytes(StandardCharsets.UTF_8));
    buffer.setLength(0);
  }
}
