package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.states.Execution;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Latency;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.store.DynamoRunStore;
import io.cloudoperator.store.ScanTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole backend over its HTTP API, from template.yaml to the last table. */
@ExtendWith(SharedBackend.Extension.class)
@ResourceLock(SharedBackend.ACCOUNT)
@Timeout(value = 5, unit = TimeUnit.MINUTES) // Scans are waited for.
class BackendTest {
  private final LocalBackend backend;
  private final String tenant;
  private final ApiClient api;

  BackendTest(SharedBackend shared) {
    backend = shared.backend();
    tenant = shared.newTenant();
    api = new ApiClient(backend.url(), backend.token(tenant));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void keepsTheFiveNewestOfSixScans() throws Exception {
    String connection = connected(api);

    List<String> scans = new ArrayList<>();
    for (int scan = 0; scan < 6; scan++) {
      scans.add(scanned(api, connection));
      backend.settled();
    }

    JsonNode history = api.get(connection + "/history").path("snapshots");
    assertThat(history.findValuesAsText("scanId"))
        .containsExactlyElementsOf(scans.reversed().subList(0, 5));
    assertThat(stored()).noneMatch(item -> item.contains("snapshot#" + scans.getFirst()));
  }

  @Test
  void refusesScansOnceDisconnected() throws Exception {
    String connection = connected(api);
    scanned(api, connection);

    api.delete(connection);

    assertThatThrownBy(() -> api.post(connection + "/scans", Map.of()))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.status()).isEqualTo(409));
    assertThat(api.get(connection + "/history").path("snapshots")).hasSize(1);
  }

  @Test
  void leavesNothingAfterDisconnectAndPurge() throws Exception {
    String connection = connected(api);
    scanned(api, connection);
    backend.settled();
    assertThat(stored()).isNotEmpty();

    JsonNode disconnected = api.delete(connection);
    JsonNode purged = api.delete(connection + "/data");

    assertThat(stored())
        .as("what a repeated request is answered with, for a day")
        .hasSize(2)
        .allMatch(item -> item.contains("deletion#") && item.contains("ttl="));
    assertThat(api.delete(connection)).isEqualTo(disconnected);
    assertThat(api.delete(connection + "/data")).isEqualTo(purged);
  }

  @Test
  void hidesOneTenantFromAnother() throws Exception {
    String connection = connected(api);
    String scan = scanned(api, connection);

    try (ApiClient other = new ApiClient(backend.url(), backend.token("other"))) {
      assertThat(other.get("/connections").path("connections")).isEmpty();
      for (String path : List.of("", "/history", "/scans/" + scan, "/scans/" + scan + "/report")) {
        assertThatThrownBy(() -> other.get(connection + path))
            .isInstanceOfSatisfying(
                ApiException.class, refused -> assertThat(refused.status()).isEqualTo(404));
      }
    }
  }

  @Test
  void goesOnWithItsStateAfterARestart(@TempDir Path folder) throws Exception {
    String connection;
    String scan;
    try (LocalBackend first = LocalBackend.start(options(Optional.of(folder)));
        ApiClient before = new ApiClient(first.url(), first.token("acme"))) {
      connection = connected(first, before);
      scan = scanned(before, connection);
    }

    try (LocalBackend second = LocalBackend.start(options(Optional.of(folder)));
        ApiClient after = new ApiClient(second.url(), second.token("acme"))) {
      assertThat(after.get(connection + "/history").path("snapshots").findValuesAsText("scanId"))
          .containsExactly(scan);
      scanned(after, connection);
      assertThat(after.get(connection + "/history").path("snapshots")).hasSize(2);
    }
  }

  @Test
  void endsScansWhenItIsClosed(@TempDir Path folder) throws Exception {
    String connection;
    String scan;
    try (LocalBackend closed =
            LocalBackend.start(new LocalBackend.Options(0, Optional.of(folder), slow()));
        ApiClient before = new ApiClient(closed.url(), closed.token("acme"))) {
      connection = connected(closed, before);
      scan = before.post(connection + "/scans", Map.of()).path("scanId").asText();
    }

    assertInterrupted(folder, connection, scan);
  }

  @Test
  void waitsForNoScanWhenNothingOutlivesIt() throws Exception {
    List<Execution> ended = new CopyOnWriteArrayList<>();
    try (LocalBackend closed =
            LocalBackend.start(
                new LocalBackend.Options(0, Optional.empty(), slow()),
                ended::add,
                UnaryOperator.identity());
        ApiClient client = new ApiClient(closed.url(), closed.token("acme"))) {
      client.post(connected(closed, client) + "/scans", Map.of());
    }

    assertThat(ended)
        .singleElement()
        .satisfies(execution -> assertThat(execution.output()).contains("\"interrupted\""));
  }

  /** Of an account where every call takes its time. */
  private static CustomerSide slow() {
    return new CustomerSide.Sample(
        SampleConfig.defaults().withRegions(6).withLatency(Latency.fixed(Duration.ofMillis(300))),
        Set.of());
  }

  /** Such a process leaves a run that holds its connection. */
  @Test
  void endsAScanOfAProcessThatWasKilled(@TempDir Path folder) throws Exception {
    String connection;
    Connection stored;
    ScanTables tables;
    try (LocalBackend killed = LocalBackend.start(options(Optional.of(folder)));
        ApiClient before = new ApiClient(killed.url(), killed.token("acme"))) {
      connection = connected(killed, before);
      Wiring wiring = killed.wiring("ConnectFunction");
      stored =
          wiring
              .connections()
              .stored(
                  new TenantId("acme"),
                  new ConnectionId(connection.substring(connection.lastIndexOf('/') + 1)))
              .orElseThrow();
      tables = wiring.scanTables();
    }
    Instant now = Instant.now();
    Run left =
        Run.begin(
            new ScanKey(stored.tenant(), stored.id(), ScanId.at(now, new SecureRandom())),
            stored.generation(),
            Run.Trigger.ON_DEMAND,
            now);
    try (LocalDynamoDb database = LocalDynamoDb.in(folder.resolve("tables"))) {
      RunStore runs =
          new DynamoRunStore(
              new ScanTables(
                  database.client(),
                  tables.scans(),
                  tables.connections(),
                  tables.clock(),
                  tables.unreadable()));
      assertThat(runs.begin(stored, left, Optional.empty(), now))
          .isInstanceOf(RunStore.Begun.Started.class);
    }

    assertInterrupted(folder, connection, left.key().scan().value());
  }

  private void assertInterrupted(Path folder, String connection, String scan) throws Exception {
    try (LocalBackend next = LocalBackend.start(options(Optional.of(folder)));
        ApiClient after = new ApiClient(next.url(), next.token("acme"))) {
      JsonNode ended = after.get(connection + "/scans/" + scan);
      assertThat(ended.path("status").asText()).isEqualTo("failed");
      assertThat(ended.path("failure").path("code").asText()).isEqualTo("interrupted");
      scanned(after, connection);
    }
  }

  @Test
  void refusesAFolderThatAnotherBackendUses(@TempDir Path folder) throws Exception {
    try (LocalBackend first = LocalBackend.start(options(Optional.of(folder)))) {
      assertThat(first.url()).isNotNull();
      assertThatThrownBy(() -> LocalBackend.start(options(Optional.of(folder))))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("Another cloudoperator");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tables/shared-local-instance.db",
        "sample-aws/sample-aws.json",
        "issuer/token-key.json"
      })
  void saysWhatIsDamagedInAFolder(String file, @TempDir Path folder) throws Exception {
    Path damaged = folder.resolve(file);
    Files.createDirectories(damaged.resolveSibling("."));
    Files.writeString(damaged, "{\"half of it\": [");

    assertThatThrownBy(() -> LocalBackend.start(options(Optional.of(folder))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(damaged.resolveSibling("").toString())
        .hasMessageContaining("It is damaged or full");
  }

  @Test
  void refusesAFolderThatIsAFile(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("state"));
    assertThatThrownBy(() -> LocalBackend.start(options(Optional.of(file))))
        .isInstanceOf(StartException.class)
        .hasMessage(file + " is a file, and no folder.");
  }

  @Test
  void refusesAPortThatIsTaken() {
    assertThatThrownBy(() ->
            LocalBackend.start(
                new LocalBackend.Options(
                    backend.url().getPort(), Optional.empty(), SharedBackend.sample())))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("Another program listens on port " + backend.url().getPort());
  }

  private static LocalBackend.Options options(Optional<Path> data) {
    return new LocalBackend.Options(0, data, SharedBackend.sample());
  }

  private String connected(ApiClient client) throws Exception {
    return connected(backend, client);
  }

  private static String connected(LocalBackend backend, ApiClient client) throws Exception {
    JsonNode pending = client.post("/connections", Map.of("name", "test"));
    RoleArn role = backend.grant(new ExternalId(pending.path("externalId").asText()), Tier.MINIMAL);
    String connection = "/connections/" + pending.path("id").asText();
    client.proveRole(connection, role.value());
    return connection;
  }

  /** Scans, waits for the end on the state machine's own, and gives the scan's id. */
  private String scanned(ApiClient client, String connection) throws Exception {
    String scan = client.post(connection + "/scans", Map.of()).path("scanId").asText();
    while (client.get(connection + "/scans/" + scan).path("status").asText().equals("running")) {
      Thread.onSpinWait();
    }
    assertThat(client.get(connection + "/scans/" + scan).path("status").asText())
        .isEqualTo("concluded");
    return scan;
  }

  /** All that the tables have of this tenant. */
  private List<String> stored() {
    return Stream.of("ConnectionsTable", "ScansTable")
        .flatMap(table ->
            backend
                .database()
                .client()
                .scanPaginator(request -> request.tableName(backend.table(table)))
                .items()
                .stream())
        .map(Object::toString)
        .filter(item -> item.contains(tenant))
        .toList();
  }
}
