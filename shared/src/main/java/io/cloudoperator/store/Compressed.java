package io.cloudoperator.store;

import io.cloudoperator.json.Json;
import io.cloudoperator.store.stored.StoredJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Values as they are stored where they are large: their JSON, a tenth of it or less. */
final class Compressed {
  private Compressed() {}

  static byte[] write(Object value) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      Json.write(value, gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /**
   * The value that {@link #write} wrote, in this release or another.
   *
   * @throws IllegalStateException if nothing of it can be read
   */
  static <T> StoredJson.Read<T> read(byte[] compressed, Class<T> type) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return StoredJson.read(gzip.readAllBytes(), type);
    } catch (IOException e) {
      throw new IllegalStateException(
          "what is stored of a " + type.getSimpleName() + " is damaged", e);
    }
  }
}
