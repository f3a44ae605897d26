package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Something that may be nowhere: it is recognized in whatever way it is written down. */
public record Secret(String what, String value, Set<String> forms) {
  private static final int LARGEST = 64 << 20;

  // Base64 of the three bytes that gzip begins with, and what follows them.
  private static final Pattern GZIP_IN_BASE64 = Pattern.compile("H4sI[A-Za-z0-9+/_-]+");

  public Secret(String what, String value) {
    this(what, value, forms(value));
  }

  @Override
  public String toString() {
    return what;
  }

  /** Whether these bytes have it in them, as they are or once decompressed. */
  boolean isIn(byte[] bytes) {
    return isIn(readings(bytes));
  }

  /** Whether it is in one of the readings of some bytes. */
  boolean isIn(List<String> readings) {
    return readings.stream().anyMatch(text -> forms.stream().anyMatch(text::contains));
  }

  /** Whether this text has it in it. */
  public boolean isIn(String text) {
    return isIn(text.getBytes(UTF_8));
  }

  /**
   * Plain, for a URL, for JSON, for HTML, in hexadecimal, and in base64 wherever in a longer text
   * it is.
   */
  private static Set<String> forms(String value) {
    Set<String> forms = new TreeSet<>();
    forms.add(value);
    forms.add(value.replace("/", "\\/"));
    forms.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.add(escaped(value, "&quot;", "&#39;"));
    forms.add(escaped(value, "&#34;", "&apos;"));
    forms.add(URLEncoder.encode(value, UTF_8));
    forms.add(URLEncoder.encode(URLEncoder.encode(value, UTF_8), UTF_8));
    forms.add(HexFormat.of().formatHex(value.getBytes(UTF_8)));
    forms.add(HexFormat.of().withUpperCase().formatHex(value.getBytes(UTF_8)));
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      IntStream.range(0, 3).forEach(offset -> forms.add(base64(value, encoder, offset)));
    }
    return forms;
  }

  private static String escaped(String value, String quote, String apostrophe) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", quote)
        .replace("'", apostrophe);
  }

  /**
   * What is the same of its base64 whatever stands before and after it, if {@code offset} bytes
   * modulo three stand before it.
   */
  private static String base64(String value, Base64.Encoder encoder, int offset) {
    String encoded =
        encoder.withoutPadding().encodeToString(("x".repeat(offset) + value).getBytes(UTF_8));
    int bytes = offset + value.getBytes(UTF_8).length;
    return encoded.substring((offset * 8 + 5) / 6, bytes * 8 / 6);
  }

  /**
   * All that some bytes may mean: as they are, decompressed in each way in which they can be, and
   * what is in them of gzip in base64, as binary attributes stand in JSON.
   */
  public static List<String> readings(byte[] bytes) {
    String plain = new String(bytes, ISO_8859_1);
    return Stream.concat(
            Stream.of(
                plain,
                read(bytes, GZIPInputStream::new),
                read(bytes, InflaterInputStream::new),
                read(bytes, compressed -> new InflaterInputStream(compressed, new Inflater(true)))),
            GZIP_IN_BASE64
                .matcher(plain)
                .results()
                .map(found -> decoded(found.group()))
                .map(compressed -> read(compressed, GZIPInputStream::new)))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static byte[] decoded(String base64) {
    // A group of one character would be none.
    String whole = base64.substring(0, base64.length() - (base64.length() % 4 == 1 ? 1 : 0));
    return Base64.getDecoder().decode(whole.replace('-', '+').replace('_', '/'));
  }

  private interface Decompression {
    InputStream of(InputStream compressed) throws IOException;
  }

  /** What can be decompressed of it; nothing, if it is not compressed like this. */
  private static String read(byte[] bytes, Decompression decompression) {
    try (InputStream plain = decompression.of(new ByteArrayInputStream(bytes))) {
      return new String(plain.readNBytes(LARGEST), ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
