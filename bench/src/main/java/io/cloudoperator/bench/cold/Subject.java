package io.cloudoperator.bench.cold;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A function, and the event that it is started for.
 *
 * @param label the row
 * @param stage how the tables are when the event arrives
 * @param right whether this is what the function has to answer
 */
record Subject(String label, Stage stage, Predicate<JsonNode> right) {
  /** The one that is built on the SDK's modules too. */
  static final Subject SCAN_REGIONS =
      new Subject(
          "ScanRegions",
          Stage.PLANNED,
          answer -> answer.path("complete").asInt() == 2 && answer.path("unread").asInt() == 0);

  static final List<Subject> ALL =
      List.of(
          SCAN_REGIONS,
          new Subject("Plan", Stage.BEGUN, answer -> !answer.path("shards").isEmpty()),
          new Subject(
              "Conclude",
              Stage.SCANNED,
              answer -> answer.path("state").asText().equals("concluded")),
          new Subject("Connect", Stage.CONNECTED, Subject::succeeded),
          new Subject("Query", Stage.CONNECTED, Subject::succeeded),
          new Subject("StartScan", Stage.CONNECTED, Subject::succeeded),
          new Subject("DueScans", Stage.DUE, answer -> answer.path("started").asInt() == 1),
          new Subject(
              "Trim", Stage.CONNECTED, answer -> answer.path("batchItemFailures").isEmpty()));

  /** How far a scan has come when an event arrives. */
  enum Stage {
    /** There is a connection; no scan. */
    CONNECTED,
    /** Its next scan is due. */
    DUE,
    BEGUN,
    PLANNED,
    SCANNED
  }

  /** Its logical id in template.yaml. */
  String function() {
    return label + "Function";
  }

  /** Of events/. */
  String event(Path root) throws IOException {
    String file = label.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    return Files.readString(root.resolve("events/" + file + ".json"));
  }

  private static boolean succeeded(JsonNode answer) {
    return answer.path("statusCode").asInt() / 100 == 2;
  }
}
