package io.cloudoperator.local.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A release before this one, while both are deployed or after it was: what it had stored is there
 * from the beginning, as the golden files have it, and some instances write in its form.
 * docs/decisions/030-stored-forms.md
 */
final class OlderRelease {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path GOLDEN =
      Deployment.ROOT.resolve("shared/src/test/resources/io/cloudoperator/store/golden/v1");
  private static final TenantId TENANT = new TenantId("acme");
  private static final List<ConnectionId> SCANNED =
      List.of(
          new ConnectionId("con-00000000000000000000000000000002"),
          new ConnectionId("con-00000000000000000000000000000003"));

  /** What it did not know of an item. */
  private static final List<String> SINCE = List.of("format", "firstSeen", "proof");

  private static final Map<String, List<JsonNode>> STORED = stored();

  private OlderRelease() {}

  private static Map<String, List<JsonNode>> stored() {
    Map<String, List<JsonNode>> stored = new HashMap<>();
    Map.of(
            "ConnectionsTable",
            List.of("connection"),
            "ScansTable",
            List.of("snapshot", "inventory", "ledger", "catalogue", "plan", "run"))
        .forEach((table, files) -> {
          List<JsonNode> items = new ArrayList<>();
          for (String file : files) {
            try {
              MAPPER.readTree(GOLDEN.resolve(file + ".json").toFile()).forEach(items::add);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          stored.put(table, List.copyOf(items));
        });
    return stored;
  }

  /** Puts what it had stored into the tables. */
  static void leaveBehind(World world) {
    STORED.forEach((table, items) ->
        items.forEach(item -> {
          ObjectNode request =
              MAPPER.createObjectNode().put("TableName", world.deployment().table(table));
          request.set("Item", item);
          var _ = world.network().asked("PutItem", request.toString());
        }));
  }

  /** A request as it would have written the same. */
  static String form(String request) {
    if (!request.contains("\"Item\"")) {
      return request;
    }
    try {
      JsonNode json = MAPPER.readTree(request);
      json.findValues("Item").forEach(item -> older((ObjectNode) item));
      return json.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void older(ObjectNode item) {
    String key = item.at("/sk/S").asText();
    item.remove(key.startsWith("con-") ? List.of("format") : SINCE);
    if (item.has("count") && (key.startsWith("apis#") || key.startsWith("found#"))) {
      item.set("parts", item.remove("count"));
    }
  }

  /** What it had stored can be read, unless its tenant is deleted. */
  static void check(World world, Wiring wiring) {
    for (ConnectionId connection : SCANNED) {
      SnapshotStore.History history = wiring.snapshots().history(TENANT, connection);
      if (history.unreadable() > 0 || history.snapshots().size() != 2) {
        throw new Violation(
            "of %s, which an older release scanned, there are %d snapshots, and %d unreadable"
                .formatted(connection, history.snapshots().size(), history.unreadable()));
      }
    }
  }
}
