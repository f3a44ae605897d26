package io.cloudoperator.sample.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** An answer: its status, content type, further headers and body. */
public record WireResponse(
    int status, String contentType, Map<String, String> headers, Body body, boolean streamed) {

  public WireResponse {
    headers = Map.copyOf(headers);
  }

  /** Writes a body; called once for each answer. */
  @FunctionalInterface
  public interface Body {
    void writeTo(TextSink sink) throws IOException;
  }

  public static WireResponse of(int status, String contentType, String text) {
    return new WireResponse(status, contentType, Map.of(), sink -> sink.text().append(text), false);
  }

  /** An answer too large to be held in memory. */
  public static WireResponse streamed(String contentType, Body body) {
    return new WireResponse(200, contentType, Map.of(), body, true);
  }

  /** The same with one header more. */
  public WireResponse with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new WireResponse(status, contentType, more, body, streamed);
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TextSink sink = new TextSink(bytes);
    body.writeTo(sink);
    sink.flush();
    return bytes.toByteArray();
  }
}
