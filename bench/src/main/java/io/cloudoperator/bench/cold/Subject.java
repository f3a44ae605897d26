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
 * @param right whether this is what the function has to answer
 */
record Subject(String label, Predicate<JsonNode> right) {
  /** The one that is built on the SDK's modules too. */
  static final Subject SCAN_REGIONS =
      new Subject(
          "ScanRegions",
          answer -> answer.path("complete").asInt() == 2 && answer.path("unread").asInt() == 0);

  static final List<Subject> ALL =
      List.of(
          SCAN_REGIONS,
          new Subject("Plan", answer -> !answer.path("shards").isEmpty()),
          new Subject("Conclude", answer -> answer.path("state").asText().equals("concluded")),
          new Subject("Connect", Subject::succeeded),
          new Subject("Query", Subject::succeeded),
          new Subject("StartScan", Subject::succeeded),
          new Subject("DueScans", answer -> answer.path("started").asInt() == 1),
          new Subject("Verify", Subject::leftNothing),
          new Subject("Trim", Subject::leftNothing));

  /** Its logical id in template.yaml. */
  String function() {
    return label + "Function";
  }

  /** Of events/. */
  String event(Path root) throws IOException {
    String file = label.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    return Files.readString(root.resolve("events/" + file + ".json"));
  }

  private static boolean leftNothing(JsonNode answer) {
    return answer.path("batchItemFailures").isEmpty();
  }

  private static boolean succeeded(JsonNode answer) {
    return answer.path("statusCode").asInt() / 100 == 2;
  }
}
