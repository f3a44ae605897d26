package io.cloudoperator.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What could come in place of valid samples: the samples, changed in one to four places. JSON is
 * changed as JSON too, so that what comes out gets past its parser to whoever reads its members,
 * and what was compressed is changed inside as well. The same seed gives the same texts.
 */
public final class Mutations {
  /** More than the stack of a thread that follows each level by a call. */
  private static final int DEEP = 20_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          ":",
          ",",
          "null",
          "true",
          "-0",
          "1e999999999",
          "9223372036854775808",
          "0.1",
          "\\ud800",
          "\\u0000",
          "<",
          ">",
          "/>",
          "</a>",
          "<a>",
          "&",
          "&#0;",
          "&#xD800;",
          "&lt;",
          "<!--",
          "-->",
          "<![CDATA[",
          "]]>",
          "<!DOCTYPE a [",
          "<?x ?>",
          "xmlns:a='b'",
          "arn:aws:iam::111122223333:role/a",
          "::",
          ":",
          "/",
          "*",
          "%",
          "%00",
          "..",
          "+",
          "=",
          "-",
          "_",
          ".",
          " ",
          "\r\n",
          "\u0000",
          "\u00e9",
          "\u00c3(",
          "\u00ff",
          "\u00c0\u0080",
          "\u00ed\u00a0\u0080",
          "\u00ef\u00bb\u00bf",
          "\u001f\u008b");

  private final Random random;
  private final List<byte[]> samples;

  public Mutations(long seed, List<byte[]> samples) {
    this.random = new Random(seed);
    this.samples = List.copyOf(samples);
  }

  /** The next one. */
  public byte[] next() {
    byte[] text = any();
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      text = changed(text);
    }
    return text;
  }

  private byte[] any() {
    return samples.get(random.nextInt(samples.size()));
  }

  private byte[] changed(byte[] text) {
    try {
      if (text.length > 2 && text[0] == 0x1f && text[1] == (byte) 0x8b && random.nextInt(3) > 0) {
        return gzip(
            changed(
                new GZIPInputStream(new java.io.ByteArrayInputStream(text)).readNBytes(1 << 20)));
      }
      if (random.nextBoolean()) {
        return changedAsJson(text);
      }
    } catch (IOException _) {
      // It is damaged already.
    }
    return changedAsBytes(text);
  }

  private byte[] changedAsBytes(byte[] text) {
    int from = random.nextInt(text.length + 1);
    int to = Math.min(text.length, from + random.nextInt(1 << random.nextInt(12)));
    byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(ISO_8859_1);
    byte[] old = Arrays.copyOfRange(text, from, to);
    return switch (random.nextInt(7)) {
      case 0 -> spliced(text, from, to, new byte[0]);
      case 1 -> spliced(text, from, from, piece);
      case 2 -> spliced(text, from, to, piece);
      case 3 -> spliced(text, from, from, repeated(piece, 1 << random.nextInt(12)));
      case 4 -> spliced(text, from, from, repeated(old, 1 << random.nextInt(4)));
      case 5 -> Arrays.copyOf(text, from);
      default -> {
        byte[] other = any();
        int at = random.nextInt(other.length + 1);
        yield spliced(text, from, text.length, Arrays.copyOfRange(other, at, other.length));
      }
    };
  }

  private static byte[] spliced(byte[] text, int from, int to, byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(text, 0, from);
    out.writeBytes(piece);
    out.write(text, to, text.length - to);
    return out.toByteArray();
  }

  private static byte[] repeated(byte[] piece, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private byte[] changedAsJson(byte[] text) throws IOException {
    JsonNode root = MAPPER.readTree(text);
    List<JsonNode> parents = new ArrayList<>();
    collect(root, parents);
    if (parents.isEmpty()) {
      return changedAsBytes(text);
    }
    JsonNode parent = parents.get(random.nextInt(parents.size()));
    if (parent instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      change(object.get(name), object::set, object::remove, name);
    } else if (parent instanceof ArrayNode array) {
      int at = random.nextInt(array.size());
      change(array.get(at), (_, value) -> array.set(at, value), _ -> array.remove(at), "");
    }
    return MAPPER.writeValueAsBytes(root);
  }

  private void change(
      JsonNode before, BiConsumer<String, JsonNode> set, Consumer<String> remove, String name) {
    switch (random.nextInt(4)) {
      case 0 -> remove.accept(name);
      case 1 -> set.accept(name.isEmpty() ? name : name + "x", before);
      default -> set.accept(name, other(before));
    }
  }

  private JsonNode other(JsonNode before) {
    return switch (random.nextInt(14)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.objectNode();
      case 2 -> NODES.arrayNode();
      case 3 -> NODES.textNode("");
      case 4 -> NODES.textNode("a".repeat(1 << random.nextInt(17)));
      case 5 -> NODES.numberNode(-1);
      case 6 -> NODES.numberNode(Long.MAX_VALUE);
      case 7 -> NODES.rawValueNode(new com.fasterxml.jackson.databind.util.RawValue("1e99999"));
      case 8 ->
          NODES.rawValueNode(
              new com.fasterxml.jackson.databind.util.RawValue(
                  "[".repeat(DEEP) + "]".repeat(DEEP)));
      case 9 -> NODES.booleanNode(random.nextBoolean());
      case 10 -> NODES.arrayNode().add(before);
      case 11 -> NODES.objectNode().set("a", before);
      case 12 -> {
        ArrayNode many = NODES.arrayNode();
        for (int i = 1 << random.nextInt(10); i > 0; i--) {
          many.add(before);
        }
        yield many;
      }
      default ->
          NODES.textNode(
              before.asText() + PIECES.get(random.nextInt(PIECES.size())) + before.asText());
    };
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (!node.isEmpty()) {
      parents.add(node);
      node.forEach(child -> collect(child, parents));
    }
  }

  /** As a file of CloudTrail is compressed. */
  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Of texts. */
  public static List<byte[]> texts(String... samples) {
    return Arrays.stream(samples).map(sample -> sample.getBytes(UTF_8)).toList();
  }
}
