package io.cloudoperator.sample.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** An answer: its status, content type and body. */
public record Reply(int status, String contentType, Body body, boolean streamed) {

  /** Writes a body; called once for each answer. */
  @FunctionalInterface
  public interface Body {
    void writeTo(TextSink sink) throws IOException;
  }

  /** An answer that is at hand. */
  public static Reply of(int status, String contentType, String text) {
    return new Reply(status, contentType, sink -> sink.text().append(text), false);
  }

  /** An answer too large to be held in memory. */
  public static Reply streamed(String contentType, Body body) {
    return new Reply(200, contentType, body, true);
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TextSink sink = new TextSink(bytes);
    body.writeTo(sink);
    sink.flush();
    return bytes.toByteArray();
  }
}
