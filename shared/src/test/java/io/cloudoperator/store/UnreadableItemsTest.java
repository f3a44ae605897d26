package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.IRELAND;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Trend;
import io.cloudoperator.scan.Trends;
import io.cloudoperator.scan.Written;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.StoredJson;
import io.cloudoperator.store.stored.UnreadableException;
import io.cloudoperator.store.stored.UnreadableItems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is damaged, or was written by a later release, costs itself alone. */
@ExtendWith(DeployedTables.Extension.class)
class UnreadableItemsTest extends RunsOfAConnection {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final RunStore tellingRuns;
  private final SnapshotStore tellingSnapshots;
  private final LedgerStore tellingLedgers;
  private final ScanRetention tellingRetention;
  private final ConnectionStore tellingConnections;

  UnreadableItemsTest(DeployedTables tables) {
    super(tables);
    ScanTables telling = tables.scanTables(() -> clock, this::told);
    tellingRuns = new DynamoRunStore(telling);
    tellingSnapshots = new DynamoSnapshotStore(telling);
    tellingLedgers = new DynamoLedgerStore(telling);
    tellingRetention = new DynamoScanRetention(telling);
    tellingConnections =
        new DynamoConnectionStore(tables.client(), tables.connections(), this::told);
  }

  private void told(StoredForm form, String partition, String why) {
    if (partition.startsWith(tenant.value())) {
      told.add(form.word() + " " + why);
    }
  }

  private void damage(String table, String sk, String attribute, AttributeValue value) {
    Map<String, AttributeValue> item =
        new TreeMap<>(
            (table.equals(tables.scans()) ? partition() : connectionItems())
                .stream()
                    .filter(one -> GoldenFiles.present(one, "sk").s().equals(sk))
                    .findFirst()
                    .orElseThrow());
    item.put(attribute, value);
    tables.client().putItem(put -> put.tableName(table).item(item));
  }

  private List<Map<String, AttributeValue>> connectionItems() {
    return tables
        .client()
        .query(request ->
            request
                .tableName(tables.connections())
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Stored.text(tenant.value()))))
        .items();
  }

  private static AttributeValue rubbish() {
    return AttributeValue.fromB(SdkBytes.fromString("rubbish", StandardCharsets.UTF_8));
  }

  @Test
  void aDamagedSnapshotIsLeftOutOfTheHistoryAndCounted() {
    List<Run> runs = concluded(3);
    damage(tables.scans(), ScanKeys.snapshot(runs.get(1).key().scan()), "body", rubbish());

    SnapshotStore.History history = tellingSnapshots.history(tenant, connection.id());

    assertThat(history.snapshots())
        .extracting(Snapshot::key)
        .containsExactly(runs.get(2).key(), runs.get(0).key());
    assertThat(history.unreadable()).isEqualTo(1);
    assertThat(told).singleElement().asString().startsWith("snapshot ").doesNotContain("rubbish");
  }

  @Test
  void aSnapshotOfALaterVersionIsLeftOut() {
    Run run = concluded(1).getFirst();
    damage(tables.scans(), ScanKeys.snapshot(run.key().scan()), "format", Stored.number(2));

    assertThat(tellingSnapshots.history(tenant, connection.id()))
        .isEqualTo(new SnapshotStore.History(List.of(), 1));
    assertThat(told).containsExactly("snapshot Version");
  }

  @Test
  void timesOfFlagsThatCannotBeReadCostThemselvesAlone() {
    Run run = concluded(1).getFirst();
    damage(
        tables.scans(),
        ScanKeys.snapshot(run.key().scan()),
        "firstSeen",
        AttributeValue.fromM(Map.of("imdsv1_allowed", Stored.text("long ago"))));

    assertThat(tellingSnapshots.history(tenant, connection.id()).snapshots())
        .containsExactly(Sample.snapshot(run).withFirstSeen(Map.of()));
    assertThat(told).hasSize(1);
  }

  @Test
  void aProofThatCannotBeReadCostsItselfAlone() {
    Run run = concluded(1).getFirst();
    damage(tables.scans(), ScanKeys.snapshot(run.key().scan()), "proof", Stored.text("{"));

    assertThat(tellingSnapshots.history(tenant, connection.id()).snapshots())
        .containsExactly(Sample.snapshot(run).withProof(Optional.empty()));
    assertThat(told).hasSize(1);
  }

  /** Absent is unknown: it is neither zero, nor has it gone to zero. */
  @Test
  void aCounterThatIsMissingIsUnknownAndSoIsItsTrend() {
    Run run = concluded(1).getFirst();
    rewrite(run, json -> json.replaceAll("\"imdsV1Allowed\":\\d+,", ""));

    Snapshot older = tellingSnapshots.history(tenant, connection.id()).snapshots().getFirst();
    Run later = begun(NOW.plusSeconds(60));
    Trend trend =
        Trends.between(
            CountedResources.ALL,
            older,
            Sample.snapshot(later, List.of(Sample.complete(FRANKFURT))));

    Counts region = older.regions().getFirst().instances().complete().orElseThrow();
    assertThat(List.of(region, older.totals().instances()))
        .allSatisfy(counts -> {
          assertThat(counts.metric("imdsV1Allowed")).isEmpty();
          assertThat(counts.metric("publicIpv4")).isPresent();
        });
    assertThat(trend.unknown().orElseThrow()).contains("imdsV1Allowed");
    assertThat(trend.changes()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aCounterThatIsNotKnownYetIsNoReasonToLeaveAnythingOut() {
    Run run = concluded(1).getFirst();
    rewrite(
        run,
        json -> json.replaceAll("\"imdsV1Allowed\"", "\"ofALaterRelease\":3,\"imdsV1Allowed\""));

    Snapshot snapshot = tellingSnapshots.history(tenant, connection.id()).snapshots().getFirst();

    assertThat(snapshot.totals().instances().metrics())
        .containsEntry("ofALaterRelease", 3L)
        .containsAllEntriesOf(Sample.snapshot(run).totals().instances().metrics());
    assertThat(snapshot.regions().getFirst().instances().complete()).isPresent();
    assertThat(told).isEmpty();
  }

  @Test
  void aSnapshotWithAMemberTooManyIsReadWithoutIt() {
    Run run = concluded(1).getFirst();
    rewrite(run, json -> json.replaceFirst("\\{", "{\"invented\":{\"later\":[1]},"));

    assertThat(tellingSnapshots.history(tenant, connection.id()).snapshots())
        .containsExactly(Sample.snapshot(run));
    assertThat(told).isEmpty();
  }

  @Test
  void aReadingOfAnotherKindIsUnreadAndNotEmpty() {
    Run run = concluded(1).getFirst();
    rewrite(run, json -> json.replaceFirst("\"status\":\"complete\"", "\"status\":\"partly\""));

    Snapshot snapshot = tellingSnapshots.history(tenant, connection.id()).snapshots().getFirst();

    assertThat(snapshot.regions().getFirst().instances())
        .isEqualTo(new Reading.Unread<>(Reading.Reason.FAILED, StoredJson.UNREADABLE));
    assertThat(told).hasSize(1);
  }

  @Test
  void anUnknownReasonIsAFailureWithTheCodeThatItHas() {
    Run run = concluded(1).getFirst();
    rewrite(run, json -> json.replace("denied_by_scp", "denied_by_rcp"));

    Snapshot snapshot = tellingSnapshots.history(tenant, connection.id()).snapshots().getFirst();

    assertThat(snapshot.regions().getLast().instances())
        .isEqualTo(new Reading.Unread<>(Reading.Reason.FAILED, "UnauthorizedOperation"));
  }

  @Test
  void anAbsentNumberIsNotZero() {
    Run run = concluded(1).getFirst();
    rewrite(run, json -> json.replaceFirst("\"regionsCounted\":\\d+,", ""));

    assertThat(tellingSnapshots.history(tenant, connection.id()).unreadable()).isEqualTo(1);
  }

  private void rewrite(Run run, UnaryOperator<String> change) {
    String sk = ScanKeys.snapshot(run.key().scan());
    Map<String, AttributeValue> item =
        partition().stream()
            .filter(one -> GoldenFiles.present(one, "sk").s().equals(sk))
            .findFirst()
            .orElseThrow();
    String json =
        Json.write(
            SnapshotRecord.snapshot(item, new StoredReads(UnreadableItems.IGNORED))
                .withFirstSeen(Map.of())
                .withProof(Optional.empty()));
    assertThat(change.apply(json)).isNotEqualTo(json);
    damage(
        tables.scans(),
        sk,
        "body",
        AttributeValue.fromB(
            SdkBytes.fromByteArray(Compressed.write(GoldenFiles.parsed(change.apply(json))))));
  }

  @Test
  void aDamagedOutcomeIsAsIfItsRegionHadNotBeenScanned() {
    Run run = planned();
    recordRegion(run.key(), 0, Sample.traced(Sample.complete(FRANKFURT)));
    recordRegion(run.key(), 0, Sample.traced(Sample.complete(IRELAND)));
    damage(
        tables.scans(),
        ScanKeys.shard(run.key().scan(), 0),
        "regions",
        AttributeValue.fromM(
            Map.of(
                FRANKFURT.value(), Stored.text("{\"no\":\"region\"}"),
                IRELAND.value(), Stored.text(Json.write(Sample.complete(IRELAND))))));

    List<ShardProgress> progress = tellingRuns.progress(run.key());

    assertThat(progress.getFirst().regions()).containsOnlyKeys(IRELAND);
    assertThat(told).isNotEmpty();
  }

  @Test
  void aDamagedLedgerIsLeftOutAndCounted() {
    List<Run> runs = concluded(2);
    damage(
        tables.scans(),
        ScanKeys.ledger(Ledger.Kind.SCAN, runs.getFirst().key().scan(), 0),
        "calls",
        rubbish());

    LedgerStore.Ledgers ledgers = tellingLedgers.ledgers(tenant, connection.id());

    assertThat(ledgers.ledgers()).hasSize(1);
    assertThat(ledgers.unreadable()).isEqualTo(1);
  }

  @Test
  void aDamagedConnectionIsLeftOutOfTheListAndOfWhatIsDue() {
    change(active -> active.scheduled(Schedule.DAILY, NOW));
    Connection damaged = connection;
    Connection other = Sample.pending(tenant);
    connections.create(other);
    damage(tables.connections(), damaged.id().value(), "tier", Stored.text("everything"));

    ConnectionStore.Page page = tellingConnections.list(tenant, 20, Optional.empty(), NOW);

    assertThat(page.connections()).containsExactly(other);
    assertThat(page.unreadable()).containsExactly(damaged.id());
    assertThat(tellingConnections.due(NOW.plus(Duration.ofDays(2)), 500))
        .noneMatch(due -> due.id().equals(damaged.id()));
    assertThatThrownBy(() -> tellingConnections.find(tenant, damaged.id(), NOW))
        .isInstanceOf(UnreadableException.class)
        .hasMessageNotContaining("everything");
    assertThat(told).hasSize(3);

    Deletion deletion = opened(Deletion.Kind.DISCONNECT);
    deletions.disconnectUnreadable(deletion, damaged.id());
    deletions.deleteConnection(deletion, damaged.id(), NOW);
    assertThat(tellingConnections.list(tenant, 20, Optional.empty(), NOW).unreadable()).isEmpty();
  }

  @Test
  void pagesGoOnPastADamagedConnection() {
    TenantId one = tenant;
    List<Connection> made = new ArrayList<>(List.of(connection));
    for (int i = 0; i < 4; i++) {
      Connection next = Sample.pending(one);
      connections.create(next);
      made.add(next);
    }
    damage(tables.connections(), made.get(2).id().value(), "status", Stored.text("asleep"));

    List<Object> seen = new ArrayList<>();
    Optional<ConnectionId> after = Optional.empty();
    int pages = 0;
    do {
      ConnectionStore.Page page = tellingConnections.list(one, 2, after, NOW);
      assertThat(page.connections().size() + page.unreadable().size()).isLessThanOrEqualTo(2);
      page.connections().forEach(connection -> seen.add(connection.id()));
      seen.addAll(page.unreadable());
      assertThat(++pages)
          .as("pages of %d connections", made.size())
          .isLessThanOrEqualTo(made.size());
      after = page.next();
    } while (after.isPresent());

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(made.stream().map(Connection::id).toList());
  }

  @Test
  void aDamagedHolderKeepsItsAccount() {
    damage(tables.connections(), connection.id().value(), "schedule", Stored.text("hourly"));
    Connection other = Sample.pending(tenant);
    connections.create(other);

    assertThat(tellingConnections.save(other, other.proven(ACCOUNT, PROOF)))
        .isEqualTo(ConnectionStore.Saved.ACCOUNT_TAKEN);
  }

  @Test
  void trimAndPurgeGoOnPastWhatIsDamaged() {
    List<Run> runs = concluded(7);
    damage(tables.scans(), ScanKeys.snapshot(runs.get(6).key().scan()), "body", rubbish());
    damage(tables.scans(), ScanKeys.snapshot(runs.get(0).key().scan()), "body", rubbish());

    assertThat(tellingRetention.trim(tenant, connection.id(), Ledger.Kind.SCAN).snapshots())
        .isEqualTo(2);
    assertThat(tellingSnapshots.history(tenant, connection.id()).unreadable()).isEqualTo(1);
    assertThat(purge(tellingRetention)).containsEntry(Deletion.What.SNAPSHOTS, 5L);
    assertThat(partition()).isEmpty();
  }

  @Test
  void aRunWithADamagedPlanCanBeStopped() {
    Run run = planned();
    damage(tables.scans(), ScanKeys.run(run.key().scan()), "plan", Stored.text("{}"));

    assertThat(tellingRuns.stop(run, FAILURE)).isEqualTo(new Written.Done());
    assertThat(tellingRuns.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.FAILED);
  }
}
