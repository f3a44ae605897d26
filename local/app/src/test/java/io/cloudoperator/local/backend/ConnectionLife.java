package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.sample.SampleConfig;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All that can become of a connection, from its creation to its purge. */
final class ConnectionLife {
  private static final String TENANT = "acme";

  /** An account with something of each kind that is read, in as few regions as differ. */
  static CustomerSide.Sample account() {
    return new CustomerSide.Sample(
        SampleConfig.defaults().withInstances(60).withApis(35).withRegions(3), Set.of());
  }

  private final LocalBackend backend;
  private final ApiClient api;
  private final Invocations invocations;

  private ConnectionLife(LocalBackend backend, ApiClient api, Invocations invocations) {
    this.backend = backend;
    this.api = api;
    this.invocations = invocations;
  }

  /** Lives it through, every route and every function, what is refused and what fails included. */
  static void live(LocalBackend backend, Invocations invocations) throws Exception {
    try (ApiClient api = new ApiClient(backend.url(), backend.token(TENANT))) {
      new ConnectionLife(backend, api, invocations).live();
    }
  }

  private void live() throws Exception {
    JsonNode account = created();
    String connection = path(account);
    proveWhileAwsIsLate(account);
    JsonNode twin = refuseTheSameAccountAgain(account);
    api.verifyRole(connection);

    scan(connection);
    api.put(connection + "/schedule", Map.of("schedule", "daily"));
    scanWhenDue(connection);
    refuseAndSkipWhileOneRuns(connection);
    failToStart(connection);
    scanWithoutTheRole(connection);
    bringTheRoleBack(account);
    read(connection);

    checkReceipt(api.delete(connection));
    checkReceipt(api.delete(connection + "/data"));
    prove(twin);
    AuditLife audit = new AuditLife(backend, api, backend.token(TENANT), path(twin));
    audit.live();
    cancelAScan(path(twin));
    stopAScan(path(twin));
    checkReceipt(api.delete(path(twin) + "/data"));
    audit.assertNothingIsLeft();
    lapse(takeTheAccountOfAConnectionThatIsNoMore());
    checkReceipt(api.delete("/tenant"));
  }

  private JsonNode created() throws Exception {
    JsonNode created = api.post("/connections", Map.of("name", "test"));
    assertThat(api.get(path(created) + "/grant")).isEqualTo(created);
    return created;
  }

  private static String path(JsonNode connection) {
    return "/connections/" + connection.path("id").asText();
  }

  private void prove(JsonNode connection) throws Exception {
    api.proveRole(path(connection), granted(connection));
  }

  private void proveWhileAwsIsLate(JsonNode connection) throws Exception {
    JsonNode proven = provenWhileAwsIsLate(connection);
    assertThat(proven.path("status").asText()).isEqualTo("active");
    assertThat(proven.has("verification")).isFalse();
  }

  /** The connection after its proof, whose role was not there when it was asked for. */
  private JsonNode provenWhileAwsIsLate(JsonNode connection) throws Exception {
    String role = granted(connection);
    backend.sample().revoke();
    JsonNode verifying = api.put(path(connection) + "/role", Map.of("roleArn", role));
    assertThat(verifying.at("/verification/status").asText()).isEqualTo("verifying");
    assertThat(granted(connection)).isEqualTo(role);
    backend.settled();
    return api.get(path(connection));
  }

  private String granted(JsonNode connection) throws Exception {
    return backend
        .grant(
            new ExternalId(connection.path("externalId").asText()),
            connection.path("tier").asText().equals("audit") ? Tier.AUDIT : Tier.MINIMAL)
        .value();
  }

  private JsonNode refuseTheSameAccountAgain(JsonNode account) throws Exception {
    JsonNode twin = api.post("/connections", Map.of("name", "test", "tier", "audit"));
    refused("account_already_connected", () -> prove(twin));
    assertThat(provenWhileAwsIsLate(twin).at("/verification/problem/code").asText())
        .isEqualTo("account_already_connected");
    granted(account);
    return twin;
  }

  private void cancelAScan(String connection) throws Exception {
    invocations.atNextStart(() -> {
      try {
        String running = api.get(connection).path("runningScan").asText();
        api.post(connection + "/scans/" + running + "/cancel", Map.of());
      } catch (Exception e) {
        throw new AssertionError("not cancelled", e);
      }
    });
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    assertThat(api.get(connection + "/scans/" + scan).path("status").asText())
        .isEqualTo("cancelled");
  }

  private void stopAScan(String connection) throws Exception {
    invocations.atNextStart(() -> {
      try {
        api.delete(connection);
      } catch (Exception e) {
        throw new AssertionError("not disconnected", e);
      }
    });
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    assertThat(api.get(connection + "/scans/" + scan).at("/failure/code").asText())
        .isEqualTo("not_active");
  }

  private void scan(String connection) throws Exception {
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    assertThat(api.get(connection + "/scans/" + scan).path("status").asText())
        .isEqualTo("concluded");
  }

  private void scanWhenDue(String connection) throws Exception {
    makeDue(connection);
    assertThat(tick().path("started").asInt()).isEqualTo(1);
    backend.settled();
  }

  /** The interludes are other requests' and ticks' that come between a run and its execution. */
  private void refuseAndSkipWhileOneRuns(String connection) throws Exception {
    makeDue(connection);
    invocations.atNextStart(() -> {
      refused("scan_running", () -> api.post(connection + "/scans", Map.of()));
      assertThat(tick().path("skipped").asInt()).isEqualTo(1);
    });
    scan(connection);
  }

  private void failToStart(String connection) throws Exception {
    Runnable unreachable =
        () -> {
          throw SdkClientException.create("the state machine cannot be reached");
        };
    invocations.atNextStart(unreachable);
    refused("not_started", () -> api.post(connection + "/scans", Map.of()));
    makeDue(connection);
    invocations.atNextStart(unreachable);
    assertThat(tick().path("failed").asInt()).isEqualTo(1);
  }

  private void scanWithoutTheRole(String connection) throws Exception {
    backend.sample().revoke();
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    assertThat(api.get(connection + "/scans/" + scan).path("status").asText()).isEqualTo("failed");
  }

  private void bringTheRoleBack(JsonNode account) throws Exception {
    granted(account);
    api.verifyRole(path(account));
    backend.sample().revoke();
    refused("role_revoked", () -> api.verifyRole(path(account)));
    granted(account);
    api.verifyRole(path(account));
  }

  private void read(String connection) throws Exception {
    for (String path :
        List.of(
            "/health",
            "/openapi.json",
            "/permissions",
            "/trust.json",
            "/console/settings",
            "/connections")) {
      api.get(path);
    }
    for (String path : List.of("/security", "/security/claims", "/console")) {
      assertThat(page(path)).startsWith("<!doctype html>");
    }
    assertThat(page("/.well-known/security.txt")).contains("not_found");
    assertThat(page("/")).isEmpty();
    assertThat(page("/console/0123456789abcdef/main.js")).contains("not_found");
    api.get(connection);
    JsonNode snapshots = api.get(connection + "/history").path("snapshots");
    assertThat(snapshots).hasSize(3);
    assertThat(api.get(connection + "/calls").path("sessions")).hasSizeGreaterThan(3);
    api.post(connection + "/calls/reconcile", Map.of("Events", List.of()));
    api.get(connection + "/scans/" + snapshots.path(0).path("scanId").asText() + "/report");
  }

  /** As a browser gets it, without a token. */
  private String page(String path) throws Exception {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return browser
          .send(
              HttpRequest.newBuilder(backend.url().resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private void checkReceipt(JsonNode answer) throws Exception {
    String signature = answer.path("signature").asText();
    JsonNode checked = api.post("/receipts/verify", Map.of("signature", signature));
    assertThat(checked.path("valid").asBoolean()).isTrue();
    assertThat(checked.path("receipt")).isEqualTo(answer.path("receipt"));
    assertThat(api.get("/receipts/key").path("keys")).hasSize(1);
  }

  /** The claim on an account can outlive its connection only if an item is deleted by hand. */
  private String takeTheAccountOfAConnectionThatIsNoMore() throws Exception {
    JsonNode lost = created();
    prove(lost);
    tables()
        .deleteItem(
            delete -> delete.tableName(backend.table("ConnectionsTable")).key(key(path(lost))));
    JsonNode next = created();
    prove(next);
    return path(next);
  }

  private void lapse(String connection) throws Exception {
    scanWithoutTheRole(connection);
    assertThat(api.get(connection).path("status").asText()).isEqualTo("revoked");
    setToLongAgo(connection, "suspendedAt");
    assertThat(api.get(connection).path("status").asText()).isEqualTo("disconnected");
    tick();
    assertThat(
            tables()
                .getItem(
                    get -> get.tableName(backend.table("ConnectionsTable")).key(key(connection)))
                .item())
        .containsKey("lapsedSince")
        .doesNotContainKey("ciphertext");
    refused("connection_disconnected", () -> api.post(connection + "/scans", Map.of()));
  }

  /** What the schedule of template.yaml does every five minutes. */
  private JsonNode tick() {
    try {
      return Json.STRICT.readTree(backend.functions().invoke("DueScansFunction", "{}"));
    } catch (Exception e) {
      throw new AssertionError("the tick failed", e);
    }
  }

  private void makeDue(String connection) {
    setToLongAgo(connection, "nextScanAt");
  }

  private void setToLongAgo(String connection, String time) {
    tables()
        .updateItem(update ->
            update
                .tableName(backend.table("ConnectionsTable"))
                .key(key(connection))
                .updateExpression("SET " + time + " = :long_ago")
                .expressionAttributeValues(Map.of(":long_ago", text("2026-01-01T00:00:00.000Z"))));
  }

  private DynamoDbClient tables() {
    return backend.database().client();
  }

  private static Map<String, AttributeValue> key(String connection) {
    return Map.of(
        "pk", text(TENANT), "sk", text(connection.substring(connection.lastIndexOf('/') + 1)));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static void refused(String code, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
