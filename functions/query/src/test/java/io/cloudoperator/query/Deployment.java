package io.cloudoperator.query;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.ApiFlags;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.ApiSummaries;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.receipt.ReceiptKey;
import io.cloudoperator.receipt.ReceiptKeyException;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.HttpEvents;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Conclusion;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.RunStore.Outcomes;
import io.cloudoperator.scan.RunStore.PlannedRun;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoLedgerStore;
import io.cloudoperator.store.DynamoRunStore;
import io.cloudoperator.store.DynamoSnapshotStore;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.store.stored.UnreadableItems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The handler on the tables of template.yaml, with a clock that tests move. */
public final class Deployment implements AutoCloseable {
  public static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
  public static final Map<String, String> SETTINGS =
      Map.of(
          "BROKER_ACCOUNT", "999988887777",
          "BROKER_ROLE_PATTERN", "arn:aws:iam::999988887777:role/cloudoperator/broker/*",
          "AWS_REGION", "us-east-1",
          "LOG_RETENTION_DAYS", "30",
          "PROOF_POLICY", "require",
          "SECURITY_CONTACT", "mailto:security@example.com");
  public static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (_, method, _) -> method.getReturnType() == String.class ? "test" : null);

  private final LocalDynamoDb database = LocalDynamoDb.inMemory();
  private final Random random = new Random(7);
  private final ConnectionStore connections;
  private final ScanTables tables;
  private final RunStore runs;
  private final SnapshotStore snapshots;
  private final LedgerStore ledgers;
  private final ApiStore apis;
  private final Wiring wiring;
  private final QueryHandler handler;
  private final Contract contract;
  private final KeyPair signing;
  private boolean receiptKeyLost;
  private Instant now = Example.NOON;

  private Deployment() throws IOException {
    contract = Contract.published();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      signing = generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());
    database.create(template.tables().stream().map(Deployment::keepingWhatExpired).toList());
    String connectionsTable = template.table("ConnectionsTable").name();
    connections = new DynamoConnectionStore(database.client(), connectionsTable);
    tables =
        new ScanTables(
            database.client(),
            template.table("ScansTable").name(),
            connectionsTable,
            () -> now,
            UnreadableItems.IGNORED);
    runs = new DynamoRunStore(tables);
    snapshots = new DynamoSnapshotStore(tables);
    ledgers = new DynamoLedgerStore(tables);
    apis = new DynamoApiStore(tables);
    Settings settings = Settings.of(SETTINGS);
    wiring =
        new Wiring(settings, new AwsClients(settings), Telemetry.logsOnly()) {
          @Override
          public ConnectionStore connections() {
            return connections;
          }

          @Override
          public ScanTables scanTables() {
            return tables;
          }

          @Override
          public Supplier<ReceiptKey> receiptKey() {
            return Deployment.this::receiptKey;
          }

          @Override
          public InstantSource clock() {
            return () -> now;
          }
        };
    handler = starting();
  }

  /** A handler that has answered nothing yet. */
  QueryHandler starting() {
    return new QueryHandler(wiring);
  }

  @Override
  public void close() {
    database.close();
  }

  /** Changes an attribute of a connection's record, as damage or a later release may. */
  void damage(Connection connection, String attribute, String text) {
    put(
        tables.connections(),
        connection.tenant().value(),
        connection.id().value(),
        attribute,
        AttributeValue.fromS(text));
  }

  /** Makes rubbish of the body of the one item of a connection whose sort key begins so. */
  void damage(Connection connection, String sortKey) {
    String pk = connection.tenant() + "#" + connection.id();
    String sk =
        database
            .client()
            .query(query ->
                query
                    .tableName(tables.scans())
                    .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(pk), ":sk", AttributeValue.fromS(sortKey))))
            .items()
            .getFirst()
            .getOrDefault("sk", AttributeValue.fromS(""))
            .s();
    put(tables.scans(), pk, sk, "body", AttributeValue.fromB(SdkBytes.fromUtf8String("rubbish")));
  }

  private void put(String table, String pk, String sk, String attribute, AttributeValue value) {
    database
        .client()
        .updateItem(update ->
            update
                .tableName(table)
                .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))
                .updateExpression("SET #attribute = :value")
                .conditionExpression("attribute_exists(pk)")
                .expressionAttributeNames(Map.of("#attribute", attribute))
                .expressionAttributeValues(Map.of(":value", value)));
  }

  /** Tests have a clock of their own; DynamoDB Local would delete by that of the machine. */
  private static TableResource keepingWhatExpired(TableResource table) {
    return new TableResource(table.logicalId(), table.request(), Optional.empty());
  }

  /** Signs receipts, as KMS does. */
  PrivateKey signingKey() {
    return signing.getPrivate();
  }

  /** Until the next call, KMS does not hand out the public key. */
  void loseReceiptKey() {
    receiptKeyLost = true;
  }

  private ReceiptKey receiptKey() {
    if (receiptKeyLost) {
      receiptKeyLost = false;
      throw new ReceiptKeyException(new IllegalStateException("lost"));
    }
    return new ReceiptKey("the-key", (RSAPublicKey) signing.getPublic());
  }

  public Contract contract() {
    return contract;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A tenant that no test has had before. */
  TenantId tenant() {
    return new TenantId("tenant-" + hex(8));
  }

  Connection pending(TenantId tenant) {
    return pending(tenant, new ConnectionId("con-" + hex(16)));
  }

  Connection pending(TenantId tenant, ConnectionId id) {
    return pending(tenant, id, Tier.MINIMAL);
  }

  private Connection pending(TenantId tenant, ConnectionId id, Tier tier) {
    Connection pending =
        Connection.pending(
            tenant,
            id,
            "Production",
            tier,
            new SealedReference("a2V5", "bm9uY2U=", "Y2lwaGVy"),
            now);
    connections.create(pending);
    return found(pending);
  }

  Connection active(TenantId tenant) {
    return active(tenant, new ConnectionId("con-" + hex(16)));
  }

  Connection active(TenantId tenant, ConnectionId id) {
    return proven(pending(tenant, id));
  }

  /** A connection of the audit tier. */
  Connection audited(TenantId tenant) {
    return proven(pending(tenant, new ConnectionId("con-" + hex(16)), Tier.AUDIT));
  }

  private Connection proven(Connection pending) {
    Proof proof =
        new Proof(
            now,
            Proof.Verdict.PROVEN,
            ProofPolicy.REQUIRE,
            List.of(
                new Proof.Probe(Proof.Attempt.WITH_EXTERNAL_ID, true, ""),
                new Proof.Probe(Proof.Attempt.WITHOUT_EXTERNAL_ID, false, "AccessDenied"),
                new Proof.Probe(Proof.Attempt.WITH_ANOTHER_EXTERNAL_ID, false, "AccessDenied")));
    if (connections.save(pending, pending.proven(Example.ACCOUNT, proof))
        != ConnectionStore.Saved.SAVED) {
      throw new AssertionError("not saved");
    }
    return found(pending);
  }

  private Connection found(Connection connection) {
    return connections.find(connection.tenant(), connection.id(), now).orElseThrow();
  }

  Run begin(Connection connection) {
    ScanKey key = new ScanKey(connection.tenant(), connection.id(), ScanId.at(now, random));
    Run run = Run.begin(key, connection.generation(), Run.Trigger.ON_DEMAND, now);
    check(runs.begin(connection, run, Optional.empty(), now) instanceof RunStore.Begun.Started);
    return run;
  }

  /** A run that has been planned, and whose shard has written these regions. */
  Run scan(Connection connection, RegionOutcome... outcomes) {
    return scan(connection, Example.plan(), outcomes);
  }

  private Run scan(Connection connection, Plan plan, RegionOutcome... outcomes) {
    Run run = begin(connection);
    check(runs.keepPlan(run, plan));
    for (RegionOutcome outcome : outcomes) {
      record(
          run,
          new Outcomes(
              List.of(Example.traced(outcome)), Optional.empty(), Optional.empty(), List.of()));
    }
    record(
        run,
        new Outcomes(List.of(), Optional.of(Example.tracedBuckets()), Optional.empty(), List.of()));
    return run;
  }

  Run concluded(Connection connection) {
    return concluded(connection, connection.tier(), scan(connection));
  }

  /** One that was told to leave a region out. */
  Run concludedWithout(RegionName notChosen, Connection connection) {
    return concluded(
        connection,
        connection.tier(),
        scan(
            connection,
            Example.planWithout(notChosen),
            Example.frankfurt(),
            Example.ohio(),
            Example.tokyo()));
  }

  /** As of a connection of the audit tier. */
  Run audited(Connection connection, AccountChecks checks) {
    Run run = scan(connection);
    record(
        run,
        new Outcomes(
            List.of(),
            Optional.empty(),
            Optional.of(new WithCalls<>(checks, List.of())),
            List.of()));
    return concluded(connection, Tier.AUDIT, run);
  }

  private Run scan(Connection connection) {
    return scan(connection, Example.frankfurt(), Example.ohio(), Example.tokyo());
  }

  private Run concluded(Connection connection, Tier tier, Run run) {
    pass(Duration.ofSeconds(9));
    check(
        snapshots.conclude(
            run,
            Conclusion.of(
                    CountedResources.ALL,
                    run,
                    tier,
                    runs.planned(run.key()).flatMap(PlannedRun::plan).orElseThrow(),
                    runs.progress(run.key()),
                    snapshots.history(connection.tenant(), connection.id()).snapshots().stream()
                        .findFirst(),
                    now)
                .withProof(connection.proof()),
            ledgers.ledger(run.key()).orElseThrow()));
    return run;
  }

  /** A scan that has found these APIs. */
  Run concluded(Connection connection, Inventory inventory) {
    Optional<Snapshot> previous =
        snapshots.history(connection.tenant(), connection.id()).snapshots().stream()
            .filter(snapshot -> snapshot.apis().isPresent())
            .findFirst();
    Run run = scan(connection, Example.frankfurt(), Example.ohio(), Example.tokyo());
    pass(Duration.ofSeconds(9));
    check(apis.keep(run, inventory).isPresent());
    ApiSummary summary =
        ApiSummaries.of(
            inventory,
            previous.map(snapshot -> snapshot.key().scan()),
            previous.flatMap(snapshot -> apis.inventory(snapshot.key())));
    Snapshot without =
        Conclusion.of(
            CountedResources.ALL,
            run,
            connection.tier(),
            runs.planned(run.key()).flatMap(PlannedRun::plan).orElseThrow(),
            runs.progress(run.key()),
            Optional.empty(),
            now);
    check(
        snapshots.conclude(
            run,
            Example.withApis(without, summary, ApiFlags.of(inventory)),
            ledgers.ledger(run.key()).orElseThrow()));
    return run;
  }

  void declare(Connection connection, Catalog.Entry... entries) {
    check(apis.declare(connection, new Catalog(List.of(entries), now)));
  }

  Run failed(Connection connection, Run.Failure failure) {
    Run run = begin(connection);
    check(runs.fail(run, failure));
    return run;
  }

  private void record(Run run, Outcomes outcomes) {
    check(runs.record(run.key(), 0, outcomes));
  }

  private static void check(Written written) {
    check(written.done());
  }

  private static void check(boolean done) {
    if (!done) {
      throw new AssertionError("the store refused");
    }
  }

  private String hex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    return handler.handleRequest(event, CONTEXT);
  }

  /** An event of the repository's events/, as the function reads it. */
  public static APIGatewayV2HTTPEvent event(String file) {
    try (InputStream in = Files.newInputStream(ROOT.resolve("events").resolve(file))) {
      return HttpEvents.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands the one deployment of all tests to those that ask for it. */
  public static final class Extension extends TypeBasedParameterResolver<Deployment> {
    @Override
    public Deployment resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(Deployment.class, _ -> deployed(), Deployment.class);
    }

    private static Deployment deployed() {
      try {
        return new Deployment();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
