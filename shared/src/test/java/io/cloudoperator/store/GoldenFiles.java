package io.cloudoperator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.inventory.ApiId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an earlier release stored, from the folder {@code golden}. Its README says how it came. */
final class GoldenFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCANS =
      List.of("run", "plan", "shard", "snapshot", "ledger", "api-facts", "inventory", "catalogue");

  private GoldenFiles() {}

  /** A file's JSON. */
  static JsonNode json(String file) {
    try (InputStream in = GoldenFiles.class.getResourceAsStream("golden/" + file)) {
      return JSON.readTree(Objects.requireNonNull(in, () -> "there is no golden/" + file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The items of a file, as DynamoDB had them. */
  static List<Map<String, AttributeValue>> items(String file) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    json(file).forEach(item -> items.add(attributes(item)));
    return items;
  }

  /** Puts all items of a version into the tables. */
  static void put(String version, DeployedTables tables) {
    DynamoDbClient client = tables.client();
    items(version + "/connection.json")
        .forEach(
            item -> client.putItem(put -> put.tableName(tables.connections()).item(lasting(item))));
    SCANS.stream()
        .flatMap(form -> items(version + "/" + form + ".json").stream())
        .forEach(item -> client.putItem(put -> put.tableName(tables.scans()).item(lasting(item))));
  }

  /** Without its time to live: DynamoDB Local deletes by the clock of the machine. */
  static Map<String, AttributeValue> lasting(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> lasting = new TreeMap<>(item);
    lasting.remove(Stored.TTL);
    return lasting;
  }

  private static Map<String, AttributeValue> attributes(JsonNode item) {
    Map<String, AttributeValue> attributes = new TreeMap<>();
    item.properties()
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute(attribute.getValue())));
    return attributes;
  }

  private static AttributeValue attribute(JsonNode typed) {
    Map.Entry<String, JsonNode> only = typed.properties().iterator().next();
    return switch (only.getKey()) {
      case "S" -> AttributeValue.fromS(only.getValue().textValue());
      case "N" -> AttributeValue.fromN(only.getValue().textValue());
      case "M" -> AttributeValue.fromM(attributes(only.getValue()));
      case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes(only.getValue())));
      default -> throw new AssertionError("no golden file has a " + only.getKey());
    };
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over each JSON text in an item of either table, with the name of its form. */
  static void texts(Map<String, AttributeValue> item, BiConsumer<String, JsonNode> to) {
    Stream.of("proof", "plan", "failure", "shard", "buckets", "account")
        // A connection's account is an id and no JSON.
        .filter(name -> item.containsKey(name) && present(item, name).s().startsWith("{"))
        .forEach(name -> to.accept(name, parsed(present(item, name).s())));
    if (item.containsKey("regions")) {
      present(item, "regions")
          .m()
          .values()
          .forEach(region -> to.accept("region", parsed(region.s())));
    }
    item.forEach((name, batch) -> {
      if (name.startsWith("batch-")) {
        JsonNode found = unpacked(batch.b().asByteArray());
        found.path("regions").forEach(region -> to.accept("regionApis", region));
        if (found.hasNonNull("global")) {
          to.accept("globalApis", found.get("global"));
        }
      }
    });
    if (item.containsKey("body")) {
      to.accept(body(present(item, "sk").s()), unpacked(present(item, "body").b().asByteArray()));
    }
  }

  private static String body(String sk) {
    String[] parts = sk.split("#", -1);
    return switch (parts[0]) {
      case "snapshot" -> "snapshot";
      case "apis" -> "inventory";
      case "catalog" -> "catalogue";
      case "found" -> parts[2].equals(ApiId.GLOBAL) ? "globalApis" : "regionApis";
      default -> throw new AssertionError("nobody knows what is in " + sk);
    };
  }

  private static JsonNode unpacked(byte[] bytes) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The attribute of an item that has it. */
  static AttributeValue present(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }
}
