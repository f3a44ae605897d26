package io.cloudoperator.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.RoleVerification;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.RunStore.PlannedRun;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.store.stored.UnreadableItems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What earlier releases stored is read by this one. */
@ExtendWith(DeployedTables.Extension.class)
class GoldenTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId MINIMAL = connection(2);
  private static final ConnectionId AUDITED = connection(3);
  private static final Map<String, Class<?>> FORMS =
      Map.ofEntries(
          Map.entry("proof", Proof.class),
          Map.entry("plan", Plan.class),
          Map.entry("failure", Run.Failure.class),
          Map.entry("shard", Shard.class),
          Map.entry("region", RegionOutcome.class),
          Map.entry("buckets", BucketOutcome.class),
          Map.entry("account", AccountChecks.class),
          Map.entry("snapshot", Snapshot.class),
          Map.entry("inventory", Inventory.class),
          Map.entry("catalogue", Catalog.class),
          Map.entry("regionApis", RegionApis.class),
          Map.entry("globalApis", GlobalApis.class));

  private final DeployedTables tables;
  private final ConnectionStore connections;
  private final RunStore runs;
  private final SnapshotStore snapshots;
  private final LedgerStore ledgers;
  private final ApiStore apis;

  GoldenTest(DeployedTables tables) {
    this.tables = tables;
    this.connections = new DynamoConnectionStore(tables.client(), tables.connections());
    ScanTables scanTables = tables.scanTables(() -> Sample.NOW, UnreadableItems.IGNORED);
    this.runs = new DynamoRunStore(scanTables);
    this.snapshots = new DynamoSnapshotStore(scanTables);
    this.ledgers = new DynamoLedgerStore(scanTables);
    this.apis = new DynamoApiStore(scanTables);
  }

  @BeforeEach
  void putVersion1() {
    GoldenFiles.put("v1", tables);
  }

  private static ConnectionId connection(int number) {
    return new ConnectionId("con-%032x".formatted(number));
  }

  private static ScanKey scan(ConnectionId connection, int number) {
    return new ScanKey(
        TENANT, connection, new ScanId("01980000-0000-7000-8000-%012x".formatted(number)));
  }

  @Test
  void readsEveryConnection() {
    List<Connection> all = connections.list(TENANT, 20, Optional.empty(), Sample.NOW).connections();

    assertThat(all)
        .extracting(Connection::status)
        .containsExactly(
            ConnectionStatus.PENDING,
            ConnectionStatus.ACTIVE,
            ConnectionStatus.ACTIVE,
            ConnectionStatus.REVOKED,
            ConnectionStatus.QUARANTINED,
            ConnectionStatus.DISCONNECTED);
    assertThat(all.get(1).schedule()).isEqualTo(Schedule.DAILY);
    assertThat(all.get(1).reference()).contains(Sample.RESEALED);
    assertThat(all.get(1).proof()).contains(Sample.PROOF);
    assertThat(all.get(2).tier()).isEqualTo(Tier.AUDIT);
    assertThat(all.get(2).name()).isEqualTo("Audited é");
  }

  @Test
  void goesOnWithADeletionAndGivesTheReceiptOfAnother() {
    GoldenFiles.items("v1-deletions/deletion.json")
        .forEach(
            item -> tables.client().putItem(put -> put.tableName(tables.connections()).item(item)));
    DeletionStore deletions =
        new DynamoDeletionStore(tables.scanTables(() -> Sample.NOW, UnreadableItems.IGNORED));
    JsonNode receipts = GoldenFiles.json("v1-deletions/receipt.json").path("receipts");
    ConnectionId connection = connection(6);

    Deletion purge = deletions.find(Scope.of(Kind.PURGE, TENANT, connection)).orElseThrow();
    assertThat(purge.closed()).isFalse();
    assertThat(purge.account()).contains(new AccountId("555566667777"));
    assertThat(purge.counts())
        .isEqualTo(Map.of(What.SNAPSHOTS, 5L, What.RUNS, 7L, What.LEDGERS, 6L));
    assertThat(
            deletions
                .find(Scope.of(Kind.DISCONNECT, TENANT, connection))
                .flatMap(Deletion::receipt)
                .map(GoldenFiles::parsed))
        .contains(receipts.path(0).path("payload"));
    assertThat(deletions.find(Scope.of(TENANT)).flatMap(Deletion::receipt).map(GoldenFiles::parsed))
        .contains(receipts.path(2).path("payload"));
  }

  @Test
  void triesARoleAgainUnlessItsConnectionIsDisconnected() {
    GoldenFiles.items("v1-verifying/connection.json")
        .forEach(
            item -> tables.client().putItem(put -> put.tableName(tables.connections()).item(item)));

    List<Connection> read =
        connections.list(new TenantId("initech"), 20, Optional.empty(), Sample.NOW).connections();

    assertThat(read)
        .extracting(connection -> connection.verification().flatMap(RoleVerification::status))
        .containsExactly(
            Optional.of(RoleVerification.Status.VERIFYING),
            Optional.of(RoleVerification.Status.FAILED),
            Optional.empty());
    RoleVerification tried = read.getFirst().verification().orElseThrow();
    assertThat(tried.asked()).isEqualTo(3);
    assertThat(tried.candidate()).contains(Sample.RESEALED);
    assertThat(tried.problem()).map(GoldenFiles::parsed).isPresent();
  }

  @Test
  void readsTheHistoryAndWhatChangedInIt() {
    List<Snapshot> history = snapshots.history(TENANT, MINIMAL).snapshots();

    assertThat(history)
        .extracting(Snapshot::key)
        .containsExactly(scan(MINIMAL, 2), scan(MINIMAL, 1));
    assertThat(history.getFirst().totals().instances().total()).isEqualTo(50);
    assertThat(history.getFirst().trend()).isPresent();
    assertThat(history.getFirst().coverage().unread()).hasSize(1);
    assertThat(history.getLast().totals().buckets()).isEmpty();
  }

  @Test
  void knowsSinceWhenThereIsAFlagWhereTheSnapshotSaysSo() {
    assertThat(snapshots.history(TENANT, MINIMAL).snapshots())
        .extracting(Snapshot::firstSeen)
        .containsOnly(Map.of());

    GoldenFiles.items("v1-first-seen/snapshot.json")
        .forEach(item -> tables.client().putItem(put -> put.tableName(tables.scans()).item(item)));

    assertThat(snapshots.history(TENANT, MINIMAL).snapshots())
        .hasSize(2)
        .extracting(snapshot -> snapshot.firstSeen().get(new RiskFlag.Kind("imdsv1_allowed")))
        .containsOnly(Instant.parse("2075-11-02T03:04:05Z"));
  }

  @Test
  void knowsTheProofOfTheRoleWhereTheSnapshotHasIt() {
    assertThat(snapshots.history(TENANT, MINIMAL).snapshots())
        .extracting(Snapshot::proof)
        .containsOnly(Optional.empty());

    GoldenFiles.items("v1-proof/snapshot.json")
        .forEach(item -> tables.client().putItem(put -> put.tableName(tables.scans()).item(item)));

    assertThat(snapshots.history(TENANT, MINIMAL).snapshots())
        .hasSize(2)
        .extracting(Snapshot::proof)
        .containsOnly(Optional.of(Sample.PROOF));
  }

  @Test
  void knowsWhichRegionsWereChosenWhereAScanWasToldSome() {
    ConnectionId chosen = connection(7);
    for (String form : List.of("run", "snapshot")) {
      GoldenFiles.items("v1-chosen/" + form + ".json")
          .forEach(item ->
              tables
                  .client()
                  .putItem(put -> put.tableName(tables.scans()).item(GoldenFiles.lasting(item))));
    }

    assertThat(runs.run(scan(MINIMAL, 1)).map(Run::choice)).contains(RegionChoice.ALL);
    PlannedRun only = runs.planned(scan(chosen, 31)).orElseThrow();
    assertThat(only.run().choice())
        .isEqualTo(RegionChoice.only(List.of(Sample.FRANKFURT, Sample.IRELAND)));
    assertThat(only.plan().orElseThrow().notChosen()).containsExactly(Sample.VIRGINIA);
    assertThat(runs.run(scan(chosen, 32)).map(Run::choice))
        .contains(RegionChoice.except(List.of(Sample.VIRGINIA)));
    Coverage coverage = snapshots.snapshot(scan(chosen, 31)).orElseThrow().coverage();
    assertThat(coverage.enabled()).isEqualTo(3);
    assertThat(coverage.notChosen()).containsExactly(Sample.VIRGINIA);
    assertThat(snapshots.history(TENANT, MINIMAL).snapshots())
        .allSatisfy(snapshot -> assertThat(snapshot.coverage().notChosen()).isEmpty());
  }

  @Test
  void readsPagesOfAShardAndWhatItGathered() {
    for (String form : List.of("shard", "api-facts")) {
      GoldenFiles.items("v1-pages/" + form + ".json")
          .forEach(item ->
              tables
                  .client()
                  .putItem(put -> put.tableName(tables.scans()).item(GoldenFiles.lasting(item))));
    }
    ScanKey paged = scan(connection(11), 51);

    ShardProgress progress = runs.progress(paged).getFirst();
    assertThat(progress.pages()).isEqualTo(3);
    assertThat(progress.regions())
        .containsOnlyKeys(Sample.FRANKFURT, Sample.IRELAND, Sample.VIRGINIA);
    assertThat(progress.calls()).hasSize(4);
    assertThat(apis.found(paged).regions())
        .containsExactly(ApiSample.region(Sample.FRANKFURT), ApiSample.region(Sample.IRELAND));
    assertThat(apis.found(paged).global()).contains(ApiSample.global());
  }

  @Test
  void readsTheApisOfAScanOfTheAuditTier() {
    assertThat(snapshots.history(TENANT, AUDITED).snapshots().getFirst().apis()).isPresent();
    assertThat(apis.inventory(scan(AUDITED, 12))).contains(ApiSample.inventory());
    assertThat(apis.catalog(TENANT, AUDITED)).contains(ApiSample.catalog("api.example.com"));
    assertThat(apis.found(scan(AUDITED, 13)).global()).contains(ApiSample.global());
    assertThat(apis.found(scan(AUDITED, 13)).regions())
        .contains(ApiSample.region(Sample.FRANKFURT))
        .hasSize(2);
  }

  @Test
  void readsHowFarAScanCameThatCouldNotReadAllApis() {
    ScanKey partly = scan(connection(8), 41);
    for (String form : List.of("api-facts", "inventory", "snapshot")) {
      GoldenFiles.items("v1-turns/" + form + ".json")
          .forEach(item ->
              tables
                  .client()
                  .putItem(put -> put.tableName(tables.scans()).item(GoldenFiles.lasting(item))));
    }

    assertThat(apis.found(partly).regions()).containsExactly(ApiSample.partly(Sample.FRANKFURT));
    assertThat(apis.inventory(partly)).contains(ApiSample.partlyRead());
    assertThat(snapshots.snapshot(partly).orElseThrow().apis().orElseThrow().unread())
        .extracting(ApiSummary.UnreadSource::left)
        .contains(Optional.of(new ApiSummary.Left(38, 40)));
  }

  @Test
  void goesOnWithARunThatWasUnderWay() {
    ScanKey running = scan(AUDITED, 13);

    assertThat(runs.running(TENANT, AUDITED, Sample.NOW)).contains(running.scan());
    assertThat(runs.run(running).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
    assertThat(runs.planned(running).flatMap(PlannedRun::plan).orElseThrow().calls()).hasSize(2);
    List<ShardProgress> progress = runs.progress(running);
    assertThat(progress).hasSize(2);
    assertThat(progress.getFirst().regions()).hasSize(2);
    assertThat(progress.getFirst().account()).isPresent();
    assertThat(runs.run(scan(MINIMAL, 3)).orElseThrow().failure().orElseThrow().code())
        .isEqualTo("role_not_assumable");
  }

  @Test
  void readsLedgersOfScansAndOfVerifications() {
    assertThat(ledgers.ledgers(TENANT, AUDITED).ledgers())
        .extracting(Ledger::kind)
        .containsExactly(Ledger.Kind.SCAN, Ledger.Kind.SCAN, Ledger.Kind.VERIFICATION);
    assertThat(ledgers.ledger(scan(AUDITED, 12)).orElseThrow().calls()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection",
        "plan",
        "run",
        "shard",
        "snapshot",
        "api-facts",
        "inventory",
        "catalogue"
      })
  void losesNothingOfAnyJson(String form) {
    AtomicInteger texts = new AtomicInteger();
    for (Map<String, AttributeValue> item : GoldenFiles.items("v1/" + form + ".json")) {
      GoldenFiles.texts(
          item,
          (name, stored) -> {
            JsonNode again =
                GoldenFiles.parsed(
                    Json.write(
                        Json.read(
                            stored.toString(), Objects.requireNonNull(FORMS.get(name), name))));
            assertThat(missing(stored, again, "$").toList()).as(name).isEmpty();
            texts.incrementAndGet();
          });
    }
    assertThat(texts.get()).isPositive();
  }

  /** Where the second says something else than the first, or nothing; it may say more. */
  private static Stream<String> missing(JsonNode first, JsonNode second, String path) {
    if (first.isObject() && second.isObject()) {
      return first.properties().stream()
          .flatMap(member ->
              missing(
                  member.getValue(), second.path(member.getKey()), path + "." + member.getKey()));
    }
    if (first.isArray() && second.isArray() && first.size() == second.size()) {
      return Stream.iterate(0, i -> i < first.size(), i -> i + 1)
          .flatMap(i -> missing(first.get(i), second.get(i), path + "[" + i + "]"));
    }
    return first.equals(second) || first.asText().equals(second.asText())
        ? Stream.empty()
        : Stream.of(path + ": " + first + " became " + second);
  }
}
