package io.cloudoperator.sample.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** An answer: its status, content type, further headers and body. */
public record Reply(
    int status, String contentType, Map<String, String> headers, Body body, boolean streamed) {

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Writes a body; called once for each answer. */
  @FunctionalInterface
  public interface Body {
    void writeTo(TextSink sink) throws IOException;
  }

  /** An answer that is at hand. */
  public static Reply of(int status, String contentType, String text) {
    return new Reply(status, contentType, Map.of(), sink -> sink.text().append(text), false);
  }

  /** An answer too large to be held in memory. */
  public static Reply streamed(String contentType, Body body) {
    return new Reply(200, contentType, Map.of(), body, true);
  }

  /** The same with one header more. */
  public Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body, streamed);
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TextSink sink = new TextSink(bytes);
    body.writeTo(sink);
    sink.flush();
    return bytes.toByteArray();
  }
}
