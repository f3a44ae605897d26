package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.backend.Observation.Lived;
import io.cloudoperator.local.backend.Places.Kind;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.states.Execution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.logging.log4j.LogManager;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A backend that tells a mark in every place where it can be told, as bugs would. */
final class LeakyLife {
  /** What is told. */
  static final Secret MARK = new Secret("mark", "planted-4be1c07d");

  private static final String CONNECTION = "con-" + "4".repeat(32);

  private final LocalBackend backend;
  private final Places places;

  private LeakyLife(LocalBackend backend, Places places) {
    this.backend = backend;
    this.places = places;
  }

  static Lived live(LocalBackend backend, Places places) throws Exception {
    new LeakyLife(backend, places).live();
    return new Lived(new Secret("connection", CONNECTION), Set.of(MARK));
  }

  private void live() throws Exception {
    FunctionInvoker leaky =
        places.kept(
            (function, event) ->
                RequestListener.invoke(this::leak, function, event, places::keepWritten),
            _ -> false);
    leaky.invoke("QueryFunction", "{}");
    leaky.invoke("TrimFunction", Json.write(Map.of("B", base64(gzip(MARK.value())))));
    assertThatThrownBy(() -> leaky.invoke("PlanFunction", "{}")).hasMessage(MARK.value());
    places.keep(
        new Execution(
            "arn",
            Execution.Status.SUCCEEDED,
            Instant.EPOCH,
            Instant.EPOCH,
            "{}",
            "{}",
            "",
            "",
            List.of(new Execution.Step("Plan", "{}", "{}", Json.write(MARK.value()), ""))));
    backend
        .wiring("PlanFunction")
        .events()
        .publish(
            new ConnectionEvent(
                ConnectionEvent.Kind.REVOKED,
                new TenantId(MARK.value()),
                new ConnectionId(CONNECTION),
                Optional.empty(),
                Instant.now()));
    try (ApiClient api = new ApiClient(backend.url(), backend.token("leaky"))) {
      places.add(Kind.PUBLISHED_EVENT, api.get("/local/events").toString());
    }
    places.keepTables(backend);
  }

  private String leak(String function, String event) throws IOException {
    if (function.equals("PlanFunction")) {
      throw new IllegalStateException(MARK.value());
    }
    LogManager.getLogger(LeakyLife.class).info(MARK.value());
    System.out.println("{\"_aws\":{},\"region\":\"" + MARK.value() + "\"}");
    DynamoDbClient tables = backend.database().client();
    // One row tells it in parts within parts, and compressed; the other in the clear.
    tables.putItem(put ->
        put.tableName(backend.table("ScansTable"))
            .item(
                row(
                    "apis#1",
                    AttributeValue.fromL(
                        List.of(AttributeValue.fromM(Map.of("b", compressed())))))));
    tables.putItem(put ->
        put.tableName(backend.table("ConnectionsTable"))
            .item(row(CONNECTION, AttributeValue.fromS(MARK.value()))));
    return Json.write(Map.of("statusCode", 200, "body", "<td>" + MARK.value() + "</td>"));
  }

  private static Map<String, AttributeValue> row(String sk, AttributeValue value) {
    return Map.of(
        "pk", AttributeValue.fromS("leaky"), "sk", AttributeValue.fromS(sk), "value", value);
  }

  private static AttributeValue compressed() {
    return AttributeValue.fromB(SdkBytes.fromByteArray(gzip(MARK.value())));
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(("{\"a\":\"" + text + "\"}").getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return compressed.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
