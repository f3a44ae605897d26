package io.cloudoperator.bench.cold;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * A function, and the event that it is started for.
 *
 * @param function its logical id in template.yaml
 * @param event a file of events/
 * @param stage how the tables are when the event arrives
 * @param right whether this is what the function has to answer
 */
record Subject(
    String function, String event, FunctionBackground.Stage stage, Predicate<JsonNode> right) {
  /** The one that is built on the SDK's modules too. */
  static final Subject SCAN_REGIONS =
      new Subject(
          "ScanRegionsFunction",
          "scan-regions.json",
          FunctionBackground.Stage.PLANNED,
          answer -> answer.path("complete").asInt() == 2 && answer.path("unread").asInt() == 0);

  static final List<Subject> ALL =
      List.of(
          SCAN_REGIONS,
          new Subject(
              "PlanFunction",
              "plan.json",
              FunctionBackground.Stage.BEGUN,
              answer -> answer.path("shards").size() > 0),
          new Subject(
              "ConcludeFunction",
              "conclude.json",
              FunctionBackground.Stage.SCANNED,
              answer -> answer.path("state").asText().equals("concluded")),
          new Subject(
              "ConnectFunction",
              "connect.json",
              FunctionBackground.Stage.CONNECTED,
              Subject::succeeded),
          new Subject(
              "QueryFunction",
              "query.json",
              FunctionBackground.Stage.CONNECTED,
              Subject::succeeded),
          new Subject(
              "StartScanFunction",
              "start-scan.json",
              FunctionBackground.Stage.CONNECTED,
              Subject::succeeded),
          new Subject(
              "DueScansFunction",
              "due-scans.json",
              FunctionBackground.Stage.DUE,
              answer -> answer.path("started").asInt() == 1),
          new Subject(
              "TrimFunction",
              "trim.json",
              FunctionBackground.Stage.CONNECTED,
              answer -> answer.path("batchItemFailures").isEmpty()));

  private static boolean succeeded(JsonNode answer) {
    return answer.path("statusCode").asInt() / 100 == 2;
  }
}
