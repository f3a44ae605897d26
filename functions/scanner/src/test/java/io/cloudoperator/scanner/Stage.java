package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.connection.UuidV7;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.lambda.InvocationContext;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Latency;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.StsRoleSessions;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoDeletionStore;
import io.cloudoperator.store.DynamoLedgerStore;
import io.cloudoperator.store.DynamoRunStore;
import io.cloudoperator.store.DynamoScanRetention;
import io.cloudoperator.store.DynamoSnapshotStore;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.store.stored.UnreadableItems;
import io.cloudoperator.vault.KmsRoleVault;
import io.cloudoperator.vault.RoleVault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * The deployed tables, a sample AWS account and the three steps over the real adapters. Each test
 * has a tenant and a role of its own.
 */
final class Stage implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
  private static final SecureRandom RANDOM = new SecureRandom();

  private final LocalDynamoDb database = LocalDynamoDb.inMemory();
  private static final String NO_PERMISSION =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}\
      """;
  private static final String EVERY_PERMISSION =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
      """;
  private static final String CANARY = "/cloudoperator/canary/Canary";

  private final SdkHttpClient http = StsRoleSessions.httpClient();
  private final Map<String, List<Double>> metrics = new ConcurrentHashMap<>();
  private final Telemetry telemetry = Telemetry.logsAnd(this::measure);
  private final KmsClient kms;
  final ContextBlindKms keys = new ContextBlindKms();
  private final StsClient sts;

  /** Asked at each call, and may keep it waiting. */
  volatile Latency latency = Latency.none();

  final MovableClock clock = new MovableClock();
  final SampleAws aws;
  final StoredRows rows;
  final ConnectionStore connections;
  final RunStore runs;
  final SnapshotStore snapshots;
  final LedgerStore ledgers;
  final ScanRetention retention;
  final DeletionStore deletions;
  final ApiStore apis;
  final RoleVault vault;
  final RoleSessions access;
  final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();

  /** What keeps events from being published. */
  volatile Optional<String> unpublished = Optional.empty();

  volatile ProofPolicy proofPolicy = ProofPolicy.REQUIRE;
  volatile Optional<RoleArn> canary;

  Stage() throws IOException {
    Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());
    database.create(template.tables());
    String scansTable = template.table("ScansTable").name();
    String connectionsTable = template.table("ConnectionsTable").name();
    rows = new StoredRows(database.client(), connectionsTable, scansTable);
    connections = new DynamoConnectionStore(database.client(), connectionsTable);
    ScanTables tables =
        new ScanTables(
            database.client(), scansTable, connectionsTable, clock, UnreadableItems.IGNORED);
    runs = new DynamoRunStore(tables);
    snapshots = new DynamoSnapshotStore(tables);
    ledgers = new DynamoLedgerStore(tables);
    retention = new DynamoScanRetention(tables);
    deletions = new DynamoDeletionStore(tables);
    apis = new DynamoApiStore(tables);
    aws =
        SampleAws.start(
            SampleConfig.defaults()
                .withInstances(300)
                .withBuckets(9)
                .withRegions(20)
                .withLatency(region -> latency.of(region)));
    AccessKey key = aws.brokerCredentials();
    StaticCredentialsProvider broker =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    kms =
        KmsClient.builder()
            .httpClient(http)
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(broker)
            .overrideConfiguration(override -> override.addExecutionInterceptor(keys))
            .build();
    sts =
        StsClient.builder()
            .httpClient(http)
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(broker)
            .build();
    vault = new KmsRoleVault(kms, aws.kmsKeyArn(), SecureRandom::new);
    canary = Optional.of(canary());
    access = new StsRoleSessions(sts, http, Optional.of(aws.endpoint()), clock, Sleeper.SYSTEM);
  }

  /** A connection whose role has been launched into the sample account. */
  Connection connect() {
    return connect(new TenantId("tenant-" + UUID.randomUUID()), ConnectionId.random(RANDOM));
  }

  Connection connect(TenantId tenant, ConnectionId id) {
    ExternalId externalId = ExternalId.random(RANDOM);
    return connect(tenant, id, reference(externalId, launch(externalId)), customer());
  }

  /** As {@link #connect()}, of the audit tier. */
  Connection connectForAudit() {
    ExternalId externalId = ExternalId.random(RANDOM);
    return connect(
        new TenantId("tenant-" + UUID.randomUUID()),
        ConnectionId.random(RANDOM),
        reference(externalId, launch(externalId)),
        customer(),
        Tier.AUDIT);
  }

  Connection connect(TenantId tenant, ConnectionId id, RoleReference reference, AccountId account) {
    return connect(tenant, id, reference, account, Tier.MINIMAL);
  }

  private Connection connect(
      TenantId tenant, ConnectionId id, RoleReference reference, AccountId account, Tier tier) {
    Instant now = clock.instant();
    Connection pending =
        Connection.pending(tenant, id, "Production", tier, vault.seal(tenant, id, reference), now);
    connections.create(pending);
    Proof proof = new Proof(now, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());
    save(pending, pending.proven(account, proof));
    return current(pending);
  }

  AccountId customer() {
    return new AccountId(aws.customerAccountId());
  }

  RoleReference reference(ExternalId externalId, String roleArn) {
    return RoleReference.issued(externalId).withRole(new RoleArn(roleArn));
  }

  /** Makes the role of our own that template.yaml has. */
  RoleArn canary() {
    return new RoleArn(aws.putRole(aws.brokerAccountId(), CANARY, trust(""), NO_PERMISSION));
  }

  void deleteCanary() {
    aws.deleteRole("arn:aws:iam::" + aws.brokerAccountId() + ":role" + CANARY);
  }

  /** The customer lets us assume the role without its External ID from now on. */
  void openToAnyone(Connection connection) {
    String arn = roleOf(connection).value();
    aws.putRole(
        aws.customerAccountId(), arn.substring(arn.indexOf('/')), trust(""), EVERY_PERMISSION);
  }

  /** The customer makes the role as it was. */
  void restore(Connection connection) {
    String arn = roleOf(connection).value();
    aws.putRole(
        aws.customerAccountId(),
        arn.substring(arn.indexOf('/')),
        trust(
            ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\""
                + opened(connection).externalId().value()
                + "\"}}"),
        EVERY_PERMISSION);
  }

  private String trust(String condition) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
    "Principal":{"AWS":"arn:aws:iam::%s:root"}%s}]}\
    """
        .formatted(aws.brokerAccountId(), condition);
  }

  RoleArn roleOf(Connection connection) {
    return opened(connection).roleArn().orElseThrow();
  }

  ExternalId externalIdOf(Connection connection) {
    return opened(connection).externalId();
  }

  private RoleReference opened(Connection connection) {
    return vault.open(connection.tenant(), connection.id(), connection.reference().orElseThrow());
  }

  /** Launches the customers' template; the role's ARN. */
  String launch(ExternalId externalId) {
    try {
      return aws.launch(
          aws.customerAccountId(),
          ROOT.resolve("customer/minimal-role.yaml"),
          Map.of(
              "ExternalId", externalId.value(),
              "BrokerAccountId", aws.brokerAccountId(),
              "BrokerRolePattern", aws.brokerRoleArn(),
              "RoleName", "CloudOperator" + UUID.randomUUID()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The customer revokes access. */
  void deleteRole(Connection connection) {
    aws.deleteRole(roleOf(connection).value());
  }

  Connection current(Connection connection) {
    return connections.find(connection.tenant(), connection.id(), clock.instant()).orElseThrow();
  }

  void save(Connection before, Connection after) {
    if (connections.save(before, after) != ConnectionStore.Saved.SAVED) {
      throw new AssertionError("not saved");
    }
  }

  /** Deletes all results, as connect does: the generation first. */
  void purge(Connection connection) {
    Connection now = current(connection);
    save(now, now.nextGeneration());
    Deletion deletion =
        Deletion.open(
            Deletion.Scope.of(Deletion.Kind.PURGE, connection.tenant(), connection.id()),
            UuidV7.at(clock.instant(), RANDOM),
            connection.account());
    deletions.open(deletion, deletions.find(deletion.scope()));
    if (retention.purge(deletion, connection.id()) != DeletionStore.Step.DONE) {
      throw new AssertionError("not purged");
    }
    deletions.close(deletion, Optional.empty(), Optional.of(clock.instant()), _ -> "{}");
  }

  /** As connect does it: the connection first, so that no other run begins. */
  void disconnect(Connection connection) {
    Connection now = current(connection);
    save(now, now.disconnected(clock.instant()));
    runs.stop(connection.tenant(), connection.id(), ScanFailure.NOT_ACTIVE.asFailure());
  }

  /** A scan as dispatch begins it. */
  ScanKey begin(Connection connection) {
    return begin(connection, RegionChoice.ALL);
  }

  ScanKey begin(Connection connection, RegionChoice choice) {
    Instant now = clock.instant();
    ScanKey key = new ScanKey(connection.tenant(), connection.id(), ScanId.at(now, RANDOM));
    Run run = Run.begin(key, current(connection).generation(), Run.Trigger.ON_DEMAND, choice, now);
    if (!(runs.begin(current(connection), run, Optional.empty(), now)
        instanceof RunStore.Begun.Started)) {
      throw new AssertionError("not begun");
    }
    return key;
  }

  /** Values of metrics, as they were measured. */
  List<Double> measured(String metric) {
    return metrics.getOrDefault(metric, List.of());
  }

  private void measure(String metric, double value, MetricUnit unit) {
    metrics.computeIfAbsent(metric, _ -> new CopyOnWriteArrayList<>()).add(value);
  }

  PlanHandler plan(RoleSessions through) {
    return new PlanHandler(wiring(through, apis, telemetry));
  }

  AccountAudit audit(RoleSessions through) {
    return new AccountAudit(new SessionOpener(vault, through), settings(), Telemetry.logsOnly());
  }

  ScanRegionsHandler scanRegions(RoleSessions through) {
    return new ScanRegionsHandler(wiring(through, apis, telemetry));
  }

  ConcludeHandler conclude() {
    return new ConcludeHandler(wiring(access, apis, Telemetry.logsOnly()));
  }

  /** Whom roles are launched to trust, and what the operator has decided. */
  private Settings settings() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AWS_REGION", "us-east-1",
                "BROKER_ACCOUNT", aws.brokerAccountId(),
                "BROKER_ROLE_PATTERN", aws.brokerRoleArn(),
                "MAX_REGIONS_PER_SHARD", "8",
                "PROOF_POLICY", proofPolicy.name().toLowerCase(Locale.ROOT)));
    canary.ifPresent(role -> environment.put("CANARY_ROLE_ARN", role.value()));
    return Settings.of(environment);
  }

  Wiring wiring(RoleSessions through, ApiStore kept, Telemetry said) {
    Settings settings = settings();
    return new Wiring(settings, new AwsClients(settings), said) {
      @Override
      public InstantSource clock() {
        return clock;
      }

      @Override
      public ConnectionStore connections() {
        return connections;
      }

      @Override
      public RunStore runs() {
        return runs;
      }

      @Override
      public SnapshotStore snapshots() {
        return snapshots;
      }

      @Override
      public ApiStore apis() {
        return kept;
      }

      @Override
      public RoleVault vault() {
        return vault;
      }

      @Override
      public RoleSessions roleSessions() {
        return through;
      }

      @Override
      public ConnectionEvents events() {
        return event -> {
          events.add(event);
          return unpublished;
        };
      }
    };
  }

  /** Runs Plan; its shards. */
  List<JsonNode> plan(ScanKey key) {
    return plan(access, key);
  }

  List<JsonNode> plan(RoleSessions through, ScanKey key) {
    return List.copyOf(answerOfPlan(through, key).required("shards").valueStream().toList());
  }

  /** Runs Plan; all that it answers. */
  JsonNode answerOfPlan(RoleSessions through, ScanKey key) {
    return invoke(plan(through), event("plan.json", key));
  }

  JsonNode scan(ScanKey key, JsonNode shard) {
    return scan(access, key, shard);
  }

  JsonNode scan(RoleSessions through, ScanKey key, JsonNode shard) {
    return invoke(scanRegions(through), event("scan-regions.json", key).set("shard", shard));
  }

  JsonNode conclude(ScanKey key) {
    return invoke(conclude(), event("conclude.json", key));
  }

  JsonNode concludeFailed(ScanKey key) {
    return invoke(conclude(), event("conclude.json", key).put("error", "States.Timeout"));
  }

  /** An event of events/, for this scan. */
  static ObjectNode event(String name, ScanKey key) {
    try {
      ObjectNode event =
          (ObjectNode) Json.STRICT.readTree(Files.readString(ROOT.resolve("events/" + name)));
      return event
          .put("tenant", key.tenant().value())
          .put("connection", key.connection().value())
          .put("scan", key.scan().value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode invoke(RequestStreamHandler handler, JsonNode event) {
    try {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      handler.handleRequest(
          new ByteArrayInputStream(Json.STRICT.writeValueAsBytes(event)),
          output,
          InvocationContext.of("function", Duration.ofMinutes(3)));
      return Json.STRICT.readTree(output.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kms.close();
    sts.close();
    aws.close();
    database.close();
    http.close();
  }
}
