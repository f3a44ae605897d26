package io.cloudoperator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.call.Call;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Calls as bytes: a line of text for each, all of them deflated (RFC 1950). A line has nine fields
 * with a tab between two of them and a line feed after the last:
 *
 * <ol>
 *   <li>milliseconds since the call in the line before; in the first line, since 1970
 *   <li>region
 *   <li>service
 *   <li>operation
 *   <li>request id
 *   <li>HTTP status
 *   <li>error code
 *   <li>{@code t} if throttled
 *   <li>{@code r} if a retry
 * </ol>
 *
 * <p>A backslash, tab, line feed or carriage return within a field is {@code \\}, {@code \t},
 * {@code \n} or {@code \r}. docs/decisions/011-ledger.md says why so, and how large it is.
 */
final class CallRows {
  private static final int FIELDS = 9;

  private CallRows() {}

  static SdkBytes write(List<Call> calls) {
    StringBuilder lines = new StringBuilder();
    Instant before = Instant.EPOCH;
    for (Call call : calls) {
      lines
          .append(Duration.between(before, call.at()).toMillis())
          .append('\t')
          .append(escaped(call.region()))
          .append('\t')
          .append(escaped(call.service()))
          .append('\t')
          .append(escaped(call.operation()))
          .append('\t')
          .append(escaped(call.requestId()))
          .append('\t')
          .append(call.status())
          .append('\t')
          .append(escaped(call.errorCode()))
          .append('\t')
          .append(call.throttled() ? "t" : "")
          .append('\t')
          .append(call.retry() ? "r" : "")
          .append('\n');
      before = call.at();
    }
    return SdkBytes.fromByteArrayUnsafe(deflated(lines.toString().getBytes(UTF_8)));
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IllegalStateException if the bytes are of another form
   */
  static List<Call> read(SdkBytes bytes) {
    List<Call> calls = new ArrayList<>();
    Instant before = Instant.EPOCH;
    Iterator<String> lines = inflated(bytes.asByteArrayUnsafe()).lines().iterator();
    while (lines.hasNext()) {
      Call call = call(lines.next().split("\t", -1), before);
      calls.add(call);
      before = call.at();
    }
    return List.copyOf(calls);
  }

  private static Call call(String[] fields, Instant before) {
    // A later release may have appended some.
    if (fields.length < FIELDS) {
      throw new IllegalStateException("a stored call has " + fields.length + " fields");
    }
    return new Call(
        before.plusMillis(Long.parseLong(fields[0])),
        unescaped(fields[1]),
        unescaped(fields[2]),
        unescaped(fields[3]),
        unescaped(fields[4]),
        Integer.parseInt(fields[5]),
        unescaped(fields[6]),
        fields[7].equals("t"),
        fields[8].equals("r"));
  }

  /** Request ids and error codes are what an endpoint answered: anything may be in them. */
  private static String escaped(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescaped(String field) {
    return field.indexOf('\\') < 0 ? field : field.translateEscapes();
  }

  private static byte[] deflated(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    // Most of a row is a request id of random digits: what is short and alike in them by chance
    // costs more to refer to than to repeat.
    deflater.setStrategy(Deflater.FILTERED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static String inflated(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("stored calls are not deflated", e);
    }
  }
}
