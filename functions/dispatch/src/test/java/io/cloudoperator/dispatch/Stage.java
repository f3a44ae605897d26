package io.cloudoperator.dispatch;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.lambda.InvocationContext;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoRunStore;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.store.stored.UnreadableItems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** New tables, and a state machine that remembers what it was asked to start. */
final class Stage implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
  // As Lambda's own serialization reads events: what it does not know it leaves out.
  private static final ObjectMapper EVENTS =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final LocalDynamoDb database = LocalDynamoDb.inMemory();

  final MovableClock clock = new MovableClock();
  private final String connectionsTable;
  final ConnectionStore connections;
  final RunStore runs;
  final Queue<ScanKey> started = new ConcurrentLinkedQueue<>();
  final Queue<ConnectionEvent> told = new ConcurrentLinkedQueue<>();

  Stage() throws IOException {
    Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());
    database.create(template.tables());
    connectionsTable = template.table("ConnectionsTable").name();
    connections = new DynamoConnectionStore(database.client(), connectionsTable);
    runs =
        new DynamoRunStore(
            new ScanTables(
                database.client(),
                template.table("ScansTable").name(),
                connectionsTable,
                clock,
                UnreadableItems.IGNORED));
  }

  Connection pending() {
    Connection pending =
        Connection.pending(
            new TenantId("tenant-" + UUID.randomUUID()),
            ConnectionId.random(RandomGenerator.getDefault()),
            "Production",
            Tier.MINIMAL,
            new SealedReference("a2V5", "bm9uY2U=", "Y2lwaGVy"),
            clock.instant());
    connections.create(pending);
    return pending;
  }

  Connection active() {
    Connection pending = pending();
    Proof proof = new Proof(clock.instant(), Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());
    return save(pending, pending.proven(new AccountId("444455556666"), proof));
  }

  /** An active connection whose scan is due. */
  Connection due() {
    Connection active = active();
    return save(
        active,
        active.scheduled(Schedule.DAILY, clock.instant()).dueAt(clock.instant().minusSeconds(1)));
  }

  Connection save(Connection before, Connection after) {
    if (connections.save(before, after) != ConnectionStore.Saved.SAVED) {
      throw new AssertionError("not saved");
    }
    return current(before);
  }

  Connection current(Connection connection) {
    return connections.find(connection.tenant(), connection.id(), clock.instant()).orElseThrow();
  }

  /** Makes the connection's record one that cannot be read. */
  void damage(Connection connection) {
    database
        .client()
        .updateItem(update ->
            update
                .tableName(connectionsTable)
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS(connection.tenant().value()),
                        "sk", AttributeValue.fromS(connection.id().value())))
                .updateExpression("SET tier = :tier")
                .expressionAttributeValues(Map.of(":tier", AttributeValue.fromS("another"))));
  }

  Optional<Run> run(Connection connection, String scan) {
    return runs.run(new ScanKey(connection.tenant(), connection.id(), new ScanId(scan)));
  }

  /** A machine that starts whatever it is asked to. */
  ScanMachine machine() {
    return started::add;
  }

  StartScanHandler startScan(ScanMachine machine) {
    return new StartScanHandler(wiring(connections), machine);
  }

  DueScansHandler dueScans(ConnectionStore through, ScanMachine machine) {
    return new DueScansHandler(wiring(through), machine);
  }

  private Wiring wiring(ConnectionStore through) {
    Settings settings = Settings.of(Map.of("AWS_REGION", "us-east-1"));
    return new Wiring(settings, new AwsClients(settings), Telemetry.logsOnly()) {
      @Override
      public ConnectionStore connections() {
        return through;
      }

      @Override
      public RunStore runs() {
        return runs;
      }

      @Override
      public InstantSource clock() {
        return clock;
      }

      @Override
      public ConnectionEvents events() {
        return event -> {
          told.add(event);
          return Optional.empty();
        };
      }
    };
  }

  APIGatewayV2HTTPResponse post(ScanMachine machine, Connection connection, Optional<String> key) {
    return post(machine, connection.tenant(), connection.id().value(), key);
  }

  APIGatewayV2HTTPResponse post(
      ScanMachine machine, TenantId tenant, String connection, Optional<String> key) {
    return post(machine, tenant, connection, key, Optional.empty());
  }

  APIGatewayV2HTTPResponse post(
      ScanMachine machine,
      TenantId tenant,
      String connection,
      Optional<String> key,
      Optional<String> body) {
    APIGatewayV2HTTPEvent event;
    try {
      event =
          EVENTS.readValue(
              Files.readString(ROOT.resolve("events/start-scan.json")),
              APIGatewayV2HTTPEvent.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    event.setPathParameters(Map.of("connectionId", connection));
    event.getRequestContext().getAuthorizer().getJwt().setClaims(Map.of("sub", tenant.value()));
    Map<String, String> headers = new HashMap<>(event.getHeaders());
    headers.remove("idempotency-key");
    key.ifPresent(text -> headers.put("idempotency-key", text));
    event.setHeaders(headers);
    event.setBody(body.orElse(null));
    return startScan(machine)
        .handleRequest(event, InvocationContext.of("function", Duration.ofSeconds(29)));
  }

  JsonNode due(ConnectionStore through, ScanMachine machine, int millisLeft) {
    try {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      dueScans(through, machine)
          .handleRequest(
              new ByteArrayInputStream(Files.readAllBytes(ROOT.resolve("events/due-scans.json"))),
              output,
              InvocationContext.of("function", Duration.ofMillis(millisLeft)));
      return Json.STRICT.readTree(output.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode body(APIGatewayV2HTTPResponse response) {
    try {
      return Json.STRICT.readTree(response.getBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
