package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.lambda.InvocationContext;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.runtime.view.ConnectionView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Goes on with verifications, as the stream of ledgers has the function do. */
final class Background {
  private final Wiring wiring;
  private final String tenant;

  Background(Wiring wiring, String tenant) {
    this.wiring = wiring;
    this.tenant = tenant;
  }

  /** What came of a proof: the answer itself if it is one, or what GET would show in the end. */
  Answer settled(Answer answer) {
    if (answer.status() != 202) {
      return answer;
    }
    assertThat(answer.at("/verification/status")).as(answer.text()).isEqualTo("verifying");
    goOn(List.of(answer.at("/id")));
    JsonNode view =
        Json.read(Json.write(ConnectionView.of(stored(answer.at("/id")))), JsonNode.class);
    if (!view.has("verification")) {
      return new Answer(200, Map.of(), view.toString(), view);
    }
    assertThat(view.at("/verification/status").asText()).isEqualTo("failed");
    JsonNode problem = view.at("/verification/problem");
    return new Answer(
        problem.path("status").asInt(),
        Map.of("content-type", "application/problem+json"),
        problem.toString(),
        problem);
  }

  /** Delivers a record of the stream for each; returns the sequence numbers to come again with. */
  List<String> goOn(List<String> connections) {
    List<Map<String, Object>> records =
        connections.stream()
            .map(id ->
                Map.of(
                    "eventName",
                    "INSERT",
                    "dynamodb",
                    Map.of(
                        "SequenceNumber",
                        id,
                        "Keys",
                        Map.of(
                            "pk",
                            Map.of("S", tenant + "#" + id),
                            "sk",
                            Map.of("S", "calls#proof#0190a5a0-0000-7000-8000-000000000000#00")))))
            .toList();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      new VerifyHandler(wiring)
          .handleRequest(
              new ByteArrayInputStream(Json.STRICT.writeValueAsBytes(Map.of("Records", records))),
              answer,
              InvocationContext.of("verify", Duration.ofMinutes(1)));
      return Json.STRICT.readTree(answer.toByteArray()).findValuesAsText("itemIdentifier");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Connection stored(String id) {
    return wiring
        .connections()
        .find(new TenantId(tenant), new ConnectionId(id), wiring.clock().instant())
        .orElseThrow();
  }
}
