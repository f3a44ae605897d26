package io.cloudoperator.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of the simulation answer what is asked of them as DynamoDB Local does. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SimulatedTablesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void answersTheRequestsOfLivesAsDynamoDbLocalDoes() throws Exception {
    Map<Long, String> lives;
    try (Simulations simulations = Simulations.of(8)) {
      lives = simulations.run(LongStream.rangeClosed(1, 8).boxed().toList(), Simulation.REQUESTS);
    }
    Set<String> operations = new HashSet<>();
    Set<String> refusals = new HashSet<>();

    for (String life : lives.values()) {
      try (LocalDynamoDb database = LocalDynamoDb.inMemory();
          HttpClient http = HttpClient.newHttpClient()) {
        database.create(
            Template.read(Deployment.ROOT.resolve("template.yaml"), Map.of()).tables().stream()
                .map(SimulatedTablesTest::keepingWhatExpired)
                .toList());
        for (String line : life.lines().skip(1).toList()) {
          JsonNode call = MAPPER.readTree(line);
          JsonNode answer = asked(http, database, call);
          assertThat(comparable(call.path("answer"))).as(line).isEqualTo(comparable(answer));
          operations.add(call.path("operation").asText());
          refusals.add(type(answer));
        }
      }
    }

    assertThat(operations)
        .contains(
            "GetItem", "PutItem", "UpdateItem", "Query", "TransactWriteItems", "BatchWriteItem");
    assertThat(refusals)
        .contains("ConditionalCheckFailedException", "TransactionCanceledException");
  }

  /** The simulation has a clock of its own; DynamoDB Local would delete by that of the machine. */
  private static TableResource keepingWhatExpired(TableResource table) {
    return new TableResource(table.logicalId(), table.request(), Optional.empty());
  }

  private static JsonNode asked(HttpClient http, LocalDynamoDb database, JsonNode call)
      throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(database.endpoint())
                .header("X-Amz-Target", "DynamoDB_20120810." + call.path("operation").asText())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=local/20261201/us-east-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(call.path("request").toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return MAPPER.readTree(answer.body());
  }

  private static String type(JsonNode answer) {
    return answer.path("__type").asText().replaceFirst(".*#", "");
  }

  /** Without what only people read, and what it cost. */
  private static JsonNode comparable(JsonNode answer) {
    if (!answer.has("__type")) {
      return ((ObjectNode) answer.deepCopy()).without(List.of("ConsumedCapacity"));
    }
    ObjectNode refusal = JsonNodeFactory.instance.objectNode().put("type", type(answer));
    answer
        .path("CancellationReasons")
        .forEach(reason -> refusal.withArray("reasons").add(reason.path("Code").asText()));
    return refusal;
  }
}
