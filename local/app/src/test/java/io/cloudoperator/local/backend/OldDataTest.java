package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.sample.SampleConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A data directory that release 3f8b6a7 wrote, opened by this one; its README says what is in it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // Scans are waited for.
class OldDataTest {
  private static final List<String> TENANTS = List.of("acme", "globex", "initech", "hooli");

  private LocalBackend backend;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    unpack("data-3f8b6a7.zip", folder);
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.of(folder),
                new CustomerSide.Sample(
                    SampleConfig.defaults()
                        .withSeed(11)
                        .withInstances(20)
                        .withApis(12)
                        .withRegions(3),
                    Set.of())));
    revokedSince(Instant.now());
  }

  /** It was revoked when the data were made, which is the longer ago the later the tests run. */
  private void revokedSince(Instant since) {
    AttributeValue time =
        AttributeValue.fromS(
            since.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000Z"));
    DynamoDbClient tables = backend.database().client();
    String table = backend.table("ConnectionsTable");
    tables.scanPaginator(scan -> scan.tableName(table)).items().stream()
        .filter(item -> item.containsKey("suspendedAt"))
        .map(item -> Map.of("pk", item.get("pk"), "sk", item.get("sk")))
        .forEach(key ->
            tables.updateItem(update ->
                update
                    .tableName(table)
                    .key(key)
                    .updateExpression("SET suspendedAt = :since")
                    .expressionAttributeValues(Map.of(":since", time))));
  }

  /**
   * The table of that release has no index of those that are suspended: it is added, and filled.
   */
  @Test
  void disconnectsWhatWasRevokedForTooLong() throws Exception {
    try (ApiClient api = client("acme")) {
      String revoked = path(proven(api).getFirst());
      assertThat(api.get(revoked).path("status").asText()).isEqualTo("revoked");
      revokedSince(Instant.now().minus(Connection.SUSPENDED_FOR).minusSeconds(60));

      backend.functions().invoke("DueScansFunction", "{}");

      assertThat(api.get(revoked).path("status").asText()).isEqualTo("disconnected");
      assertThat(
              backend
                  .database()
                  .client()
                  .scan(scan -> scan.tableName(backend.table("ConnectionsTable")))
                  .items())
          .filteredOn(item -> item.containsKey("lapsedSince"))
          .singleElement()
          .satisfies(item -> assertThat(item).doesNotContainKey("ciphertext"));
      assertThat(shows("acme", api, api.get(revoked))).isEqualTo(1);
    }
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void showsWhatItKeepsOfEveryConnection() throws Exception {
    int snapshots = 0;
    for (String tenant : TENANTS) {
      try (ApiClient api = client(tenant)) {
        assertThat(api.get("/connections").has("unreadable")).isFalse();
        for (JsonNode connection : proven(api)) {
          snapshots += shows(tenant, api, connection);
        }
      }
    }
    assertThat(snapshots).isEqualTo(1 + 5 + 5);
  }

  private int shows(String tenant, ApiClient api, JsonNode connection) throws Exception {
    String path = path(connection);
    assertThat(api.get(path).has("unreadable")).isFalse();
    assertThat(api.get(path + "/calls").path("sessions")).isNotEmpty();

    JsonNode history = api.get(path + "/history");
    JsonNode snapshots = history.path("snapshots");
    assertThat(history.has("unreadable")).isFalse();
    assertThat(history.path("trends")).hasSize(snapshots.size() - 1);
    for (JsonNode snapshot : snapshots) {
      String scan = snapshot.path("scanId").asText();
      assertThat(snapshot.at("/totals/instances/total").asInt()).isPositive();
      for (String format : List.of("json", "csv", "html", "asff", "ocsf")) {
        assertThat(text(tenant, path + "/scans/" + scan + "/report?format=" + format))
            .as(format)
            .contains(scan);
      }
      if (connection.path("tier").asText().equals("audit")) {
        assertThat(api.get(path + "/apis?scan=" + scan).path("items")).isNotEmpty();
      }
    }
    if (connection.path("tier").asText().equals("audit")) {
      String one = api.get(path + "/apis").path("items").path(0).path("id").asText();
      assertThat(api.get(path + "/apis/openapi?api=" + one).path("paths")).isNotEmpty();
      assertThat(api.get(path + "/apis/catalog").path("entries")).hasSize(1);
    }
    return snapshots.size();
  }

  @Test
  void scansEveryConnectionAgain() throws Exception {
    for (String tenant : TENANTS) {
      try (ApiClient api = client(tenant)) {
        for (JsonNode connection : proven(api)) {
          boolean active = connection.path("status").asText().equals("active");
          JsonNode before = api.get(path(connection) + "/history").path("snapshots");

          JsonNode scan = scanned(api, path(connection));

          assertThat(scan.path("status").asText()).isEqualTo(active ? "concluded" : "failed");
          assertThat(scan.path("failure").path("code").asText())
              .isEqualTo(active ? "" : "role_revoked");
          JsonNode history = api.get(path(connection) + "/history");
          assertThat(history.path("snapshots")).hasSize(before.size());
          if (active) {
            // The scan before could not read us-east-2.
            JsonNode trend = history.path("trends").path(0);
            assertThat(trend.path("from").asText())
                .isEqualTo(before.path(0).path("scanId").asText());
            assertThat(trend.path("regionsCompared").asInt()).isEqualTo(2);
            assertThat(trend.path("regionsLeftOut")).hasSize(1);
          }
          if (connection.path("tier").asText().equals("audit")) {
            JsonNode changes = api.get(path(connection) + "/apis/changes");
            assertThat(changes.path("since").asText())
                .isEqualTo(before.path(0).path("scanId").asText());
            assertThat(changes.path("baseline").asBoolean()).isFalse();
          }
        }
      }
    }
  }

  @Test
  void leavesNothingOfItAfterDisconnectAndPurge() throws Exception {
    for (String tenant : TENANTS) {
      try (ApiClient api = client(tenant)) {
        for (JsonNode connection : proven(api)) {
          verified(api, api.delete(path(connection)));
          verified(api, api.delete(path(connection) + "/data"));
        }
        verified(api, api.delete("/tenant"));
      }
    }
    for (String table : List.of("ConnectionsTable", "ScansTable")) {
      assertThat(
              backend
                  .database()
                  .client()
                  .scanPaginator(request -> request.tableName(backend.table(table)))
                  .items()
                  .stream())
          .as(table)
          .allMatch(item ->
              Objects.requireNonNull(item.get("sk")).s().startsWith("deletion#")
                  && item.containsKey("ttl"));
    }
  }

  private static void verified(ApiClient api, JsonNode receipt) throws Exception {
    JsonNode answer =
        api.post("/receipts/verify", Map.of("signature", receipt.path("signature").asText()));
    assertThat(answer.path("valid").asBoolean()).isTrue();
  }

  private JsonNode scanned(ApiClient api, String path) throws Exception {
    String scan = path + "/scans/" + api.post(path + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    return api.get(scan);
  }

  /** The tenant's connections whose role was proven. */
  private static List<JsonNode> proven(ApiClient api) throws Exception {
    return StreamSupport.stream(api.get("/connections").path("connections").spliterator(), false)
        .filter(connection -> !connection.path("status").asText().equals("pending"))
        .toList();
  }

  private static String path(JsonNode connection) {
    return "/connections/" + connection.path("id").asText();
  }

  private ApiClient client(String tenant) {
    return new ApiClient(backend.url(), backend.token(tenant));
  }

  private String text(String tenant, String path) throws Exception {
    URI address = backend.url().resolve(path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address)
                  .header("authorization", "Bearer " + backend.token(tenant))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private static void unpack(String name, Path folder) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(OldDataTest.class.getResourceAsStream(name), name);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(Objects.requireNonNull(file.getParent()));
          Files.copy(zip, file);
        }
      }
    }
  }
}
