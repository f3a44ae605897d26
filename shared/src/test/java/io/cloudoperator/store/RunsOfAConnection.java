package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static io.cloudoperator.store.Sample.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.connection.UuidV7;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.RunStore.Begun;
import io.cloudoperator.scan.RunStore.Outcomes;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.stored.UnreadableItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An active connection of a tenant of its own, and how the tests say what becomes of its runs. */
abstract class RunsOfAConnection {
  static final Run.Failure FAILURE =
      new Run.Failure("role_not_assumable", "The role could not be assumed.");
  static final List<Call> SESSION = List.of(Sample.call(VIRGINIA, "AssumeRole"));
  static final Optional<String> NO_KEY = Optional.empty();

  final DeployedTables tables;
  final ConnectionStore connections;
  final RunStore runs;
  final SnapshotStore snapshots;
  final LedgerStore ledgers;
  final ScanRetention retention;
  final DeletionStore deletions;
  final ApiStore apis;
  final TenantId tenant = Sample.tenant();
  Instant clock = NOW;
  Connection connection = Sample.pending(tenant);

  RunsOfAConnection(DeployedTables tables) {
    this.tables = tables;
    this.connections = new DynamoConnectionStore(tables.client(), tables.connections());
    ScanTables scanTables = tables.scanTables(() -> clock, UnreadableItems.IGNORED);
    this.runs = new DynamoRunStore(scanTables);
    this.snapshots = new DynamoSnapshotStore(scanTables);
    this.ledgers = new DynamoLedgerStore(scanTables);
    this.retention = new DynamoScanRetention(scanTables);
    this.deletions = new DynamoDeletionStore(scanTables);
    this.apis = new DynamoApiStore(scanTables);
  }

  @BeforeEach
  void connect() {
    connections.create(connection);
    change(pending -> pending.proven(ACCOUNT, PROOF));
  }

  final void change(UnaryOperator<Connection> change) {
    assertThat(connections.save(connection, change.apply(connection))).isEqualTo(Saved.SAVED);
    connection = connections.find(tenant, connection.id(), NOW).orElseThrow();
  }

  /** A deletion of the connection that has just been opened. */
  final Deletion opened(Deletion.Kind kind) {
    Deletion.Scope scope = Deletion.Scope.of(kind, tenant, connection.id());
    Deletion fresh = Deletion.open(scope, UuidV7.at(NOW, Sample.RANDOM), connection.account());
    assertThat(deletions.open(fresh, deletions.find(scope))).isTrue();
    return fresh;
  }

  /** Purges the connection's results, and says how much there was. */
  final Map<What, Long> purge() {
    return purge(retention);
  }

  final Map<What, Long> purge(ScanRetention by) {
    Deletion deletion = opened(Deletion.Kind.PURGE);
    assertThat(by.purge(deletion, connection.id())).isEqualTo(DeletionStore.Step.DONE);
    Map<What, Long> counts = deletions.find(deletion.scope()).orElseThrow().counts();
    deletions.close(deletion, Optional.empty(), Optional.of(NOW), _ -> "{}");
    return counts;
  }

  /**
   * All that a run writes and a verification beside it, in each of the ways in which it can end.
   */
  final List<List<BiConsumer<Connection, Run>>> lives() {
    return Stream.of(Tier.values()).flatMap(this::lives).toList();
  }

  private Stream<List<BiConsumer<Connection, Run>>> lives(Tier tier) {
    List<BiConsumer<Connection, Run>> life =
        List.of(
            (active, run) -> runs.begin(active, run, Optional.of("key"), NOW),
            (_, run) -> runs.keepPlan(run, Sample.plan(), tier),
            (_, run) -> runs.record(run.key(), 0, Outcomes.of(SESSION)),
            (_, run) -> recordRegion(run.key(), 0, Sample.traced(Sample.complete(FRANKFURT))),
            (_, run) -> apis.keepFound(run, 0, ApiSample.region(FRANKFURT)),
            (_, run) -> apis.keepFound(run, 0, ApiSample.global()),
            (active, run) -> ledgers.keep(active, verification(run.startedAt())),
            (_, run) -> apis.keep(run, ApiSample.inventory()),
            (_, run) -> recordBuckets(run.key(), 0, Sample.traced(Sample.buckets())));
    return Stream.<BiConsumer<Connection, Run>>of(
            (_, run) -> snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)),
            (_, run) -> runs.fail(run, FAILURE, Sample.ledger(run)),
            (_, run) -> runs.stop(run, FAILURE))
        .map(end -> Stream.concat(life.stream(), Stream.of(end)).toList());
  }

  static Ledger verification(Instant begunAt) {
    return new Ledger(
        ScanId.at(begunAt, Sample.RANDOM),
        Ledger.Kind.VERIFICATION,
        begunAt,
        List.of(Sample.call(VIRGINIA, "AssumeRole")));
  }

  final Run begun(Instant now) {
    Run run = Sample.run(connection, now);
    assertThat(runs.begin(connection, run, NO_KEY, now)).isEqualTo(new Begun.Started(run));
    return run;
  }

  final Run planned() {
    Run run = begun(NOW);
    assertThat(runs.keepPlan(run, Sample.plan(), Tier.AUDIT)).isEqualTo(new Written.Done());
    return run;
  }

  /** Keeps a region's outcome alone. */
  final Written recordRegion(ScanKey key, int shard, WithCalls<RegionOutcome> read) {
    return runs.record(
        key, shard, new Outcomes(List.of(read), Optional.empty(), Optional.empty(), List.of()));
  }

  /** Keeps the buckets' outcome alone. */
  final Written recordBuckets(ScanKey key, int shard, WithCalls<BucketOutcome> read) {
    return runs.record(
        key, shard, new Outcomes(List.of(), Optional.of(read), Optional.empty(), List.of()));
  }

  final List<Run> concluded(int times) {
    List<Run> concluded = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Run run = begun(NOW.plusSeconds(i));
      assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
          .isEqualTo(new Written.Done());
      concluded.add(run);
    }
    return concluded;
  }

  final Optional<ScanId> running(Instant now) {
    return runs.running(tenant, connection.id(), now);
  }

  final List<Map<String, AttributeValue>> partition() {
    return tables
        .client()
        .queryPaginator(request ->
            request
                .tableName(tables.scans())
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", Stored.text(tenant.value() + "#" + connection.id().value())))
                .consistentRead(true))
        .items()
        .stream()
        .toList();
  }
}
