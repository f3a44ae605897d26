package io.cloudoperator.query.page;

import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A text that is the same for everybody, compressed once and sent so to whoever takes it. */
public final class GzipText {
  private final String text;
  private final byte[] gzip;

  GzipText(String text) {
    this.text = text;
    this.gzip = compressed(text);
  }

  /** As it was written. */
  String text() {
    return text;
  }

  /** 200, as the request takes it. */
  public ApiResponse answer(Request request, String contentType) {
    return AcceptEncoding.answer(
        request, contentType, gzip, () -> ApiResponse.text(200, contentType, text));
  }

  private static byte[] compressed(String text) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
