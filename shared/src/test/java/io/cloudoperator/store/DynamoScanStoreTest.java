package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.IRELAND;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static io.cloudoperator.store.Sample.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Call;
import io.cloudoperator.scan.InstanceCounts;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ScanStore.Begun;
import io.cloudoperator.scan.ScanStore.Purged;
import io.cloudoperator.scan.ScanStore.Trimmed;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Traced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(DeployedTables.Extension.class)
class DynamoScanStoreTest {
  private static final Run.Failure FAILURE =
      new Run.Failure("role_not_assumable", "The role could not be assumed.");
  private static final List<Call> SESSION = List.of(Sample.call(VIRGINIA, "AssumeRole"));
  private static final Optional<String> NO_KEY = Optional.empty();

  private final DeployedTables tables;
  private final ConnectionStore connections;
  private final ScanStore store;
  private final TenantId tenant = Sample.tenant();
  private Instant clock = NOW;
  private Connection connection = Sample.pending(tenant);

  DynamoScanStoreTest(DeployedTables tables) {
    this.tables = tables;
    this.connections = new DynamoConnectionStore(tables.client(), tables.connections());
    this.store =
        new DynamoScanStore(tables.client(), tables.scans(), tables.connections(), () -> clock);
  }

  @BeforeEach
  void connect() {
    connections.create(connection);
    change(pending -> pending.proven(ACCOUNT, PROOF));
  }

  // ---- begin

  @Test
  void beginsARunThatCanBeReadBack() {
    Run run = Sample.run(connection, NOW);

    assertThat(store.begin(connection, run, NO_KEY, NOW)).isEqualTo(new Begun.Started(run));

    assertThat(store.run(run.key())).contains(run);
    assertThat(running(NOW)).contains(run.key().scan());
    assertThat(store.plan(run.key())).isEmpty();
    assertThat(store.progress(run.key())).isEmpty();
  }

  @Test
  void namesTheRunThatIsInTheWay() {
    Run first = begun(NOW);

    assertThat(store.begin(connection, Sample.run(connection, NOW), NO_KEY, NOW))
        .isEqualTo(new Begun.AlreadyRunning(first.key().scan()));
  }

  @Test
  void beginsOneOfManyRunsAtOnce() throws Exception {
    List<Begun> outcomes =
        AtOnce.run(8, _ -> store.begin(connection, Sample.run(connection, NOW), NO_KEY, NOW));

    List<ScanId> started =
        outcomes.stream()
            .filter(Begun.Started.class::isInstance)
            .map(begun -> ((Begun.Started) begun).run().key().scan())
            .toList();
    assertThat(started).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Predicate.not(Begun.Started.class::isInstance))
        .containsOnly(new Begun.AlreadyRunning(started.getFirst()));
  }

  @Test
  void answersTheSameKeyWithTheSameRunAlsoOnceItHasEnded() {
    Optional<String> key = Optional.of("k".repeat(10_000));
    Run run = Sample.run(connection, NOW);
    store.begin(connection, run, key, NOW);
    Begun repeated = new Begun.Repeated(run.key().scan());

    assertThat(store.begin(connection, Sample.run(connection, NOW), key, NOW)).isEqualTo(repeated);
    store.fail(run, FAILURE);
    assertThat(store.begin(connection, Sample.run(connection, NOW), key, NOW)).isEqualTo(repeated);
  }

  @Test
  void answersOneKeyThatComesManyTimesAtOnceWithOneRun() throws Exception {
    List<Begun> outcomes =
        AtOnce.run(
            6, _ -> store.begin(connection, Sample.run(connection, NOW), Optional.of("key"), NOW));

    ScanId scan = running(NOW).orElseThrow();
    assertThat(outcomes).filteredOn(Begun.Started.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(new Begun.Repeated(scan)::equals).hasSize(5);
  }

  @Test
  void forgetsAnIdempotencyKeyAfterADay() {
    Run run = Sample.run(connection, NOW);
    store.begin(connection, run, Optional.of("key"), NOW);
    store.fail(run, FAILURE);
    Instant dayLater = NOW.plus(Duration.ofHours(24));

    assertThat(
            store.begin(connection, Sample.run(connection, dayLater), Optional.of("key"), dayLater))
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void letsAnotherKeyOfTheSameTextBeginInAnotherConnection() {
    store.begin(connection, Sample.run(connection, NOW), Optional.of("key"), NOW);
    Connection other = Sample.pending(Sample.tenant());
    connections.create(other);
    connections.save(other, other.proven(ACCOUNT, PROOF));
    Connection active = connections.find(other.tenant(), other.id(), NOW).orElseThrow();

    assertThat(store.begin(active, Sample.run(active, NOW), Optional.of("key"), NOW))
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void beginsNothingForAConnectionThatIsNotActiveAnyMore() {
    Connection before = connection;
    change(active -> active.disconnected(NOW));

    assertThat(store.begin(before, Sample.run(before, NOW), NO_KEY, NOW))
        .isEqualTo(new Begun.NotActive());
    assertThat(partition()).isEmpty();
  }

  @Test
  void beginsNothingInAGenerationThatHasPassed() {
    Connection before = connection;
    change(Connection::nextGeneration);

    assertThat(store.begin(before, Sample.run(before, NOW), NO_KEY, NOW))
        .isEqualTo(new Begun.NotActive());
    assertThat(partition()).isEmpty();
  }

  @Test
  void refusesARunOfAnotherConnection() {
    Run run = Sample.run(Sample.pending(tenant), NOW);

    assertThatThrownBy(() -> store.begin(connection, run, NO_KEY, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesOverTheLockOnlyPastItsDeadline() {
    Run first = begun(NOW);
    Instant atDeadline = first.deadline();
    Instant pastDeadline = first.deadline().plusNanos(1);

    assertThat(store.begin(connection, Sample.run(connection, atDeadline), NO_KEY, atDeadline))
        .isEqualTo(new Begun.AlreadyRunning(first.key().scan()));
    assertThat(running(pastDeadline)).isEmpty();
    assertThat(store.begin(connection, Sample.run(connection, pastDeadline), NO_KEY, pastDeadline))
        .isInstanceOf(Begun.Started.class);
  }

  // ---- plan and outcomes

  @Test
  void keepsAPlanAndOpensItsShards() {
    Run run = begun(NOW);
    Plan plan = Sample.plan();

    assertThat(store.planned(run, plan)).isTrue();

    assertThat(store.plan(run.key())).contains(plan);
    assertThat(store.progress(run.key()))
        .extracting(ShardProgress::shard)
        .containsExactlyElementsOf(plan.shards());
  }

  @Test
  void takesTheSamePlanTwiceWithoutLosingOutcomes() {
    Run run = planned();
    store.recordRegion(run.key(), 0, Sample.traced(Sample.complete(FRANKFURT)));

    assertThat(store.planned(run, Sample.plan())).isTrue();

    assertThat(store.progress(run.key()).getFirst().regions()).containsKey(FRANKFURT);
  }

  @Test
  void refusesAnotherPlanForTheSameRun() {
    Run run = planned();
    Plan another =
        new Plan(ACCOUNT, List.of(new Shard(0, List.of(VIRGINIA), true)), List.of(), List.of());

    assertThat(store.planned(run, another)).isFalse();
    assertThat(store.plan(run.key())).contains(Sample.plan());
  }

  @Test
  void refusesThePlanOfARunThatLostItsLock() {
    Run zombie = begun(NOW);
    begun(zombie.deadline().plusNanos(1));

    assertThat(store.planned(zombie, Sample.plan())).isFalse();
    assertThat(store.progress(zombie.key())).isEmpty();
  }

  @Test
  void refusesThePlanOfARunThatFailed() {
    Run run = begun(NOW);
    store.fail(run, FAILURE);

    assertThat(store.planned(run, Sample.plan())).isFalse();
  }

  @Test
  void keepsAPlanOfTheMostShardsThatATransactionTakes() {
    Run run = begun(NOW);

    assertThat(store.planned(run, ofShards(88))).isTrue();
    assertThat(store.progress(run.key())).hasSize(88);
    assertThatThrownBy(() -> store.planned(run, ofShards(89)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsWhatEachShardHasWritten() {
    Run run = planned();
    Traced<RegionOutcome> ireland = Sample.traced(Sample.complete(IRELAND));
    Traced<RegionOutcome> frankfurt = Sample.traced(Sample.denied(FRANKFURT));
    Traced<RegionOutcome> virginia = Sample.traced(Sample.complete(VIRGINIA));
    Traced<BucketOutcome> buckets = Sample.traced(Sample.buckets());

    assertThat(store.recordSession(run.key(), 0, SESSION)).isTrue();
    assertThat(store.recordRegion(run.key(), 0, ireland)).isTrue();
    assertThat(store.recordRegion(run.key(), 0, frankfurt)).isTrue();
    assertThat(store.recordBuckets(run.key(), 0, buckets)).isTrue();
    assertThat(store.recordRegion(run.key(), 1, virginia)).isTrue();

    List<ShardProgress> progress = store.progress(run.key());
    assertThat(progress).extracting(ShardProgress::shard).isEqualTo(Sample.plan().shards());
    assertThat(progress.get(0).regions())
        .isEqualTo(Map.of(IRELAND, ireland.outcome(), FRANKFURT, frankfurt.outcome()));
    assertThat(progress.get(0).buckets()).contains(Sample.buckets());
    assertThat(progress.get(0).calls())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SESSION, ireland.calls(), frankfurt.calls(), buckets.calls())
                .flatMap(List::stream)
                .toList());
    assertThat(progress.get(1).regions()).isEqualTo(Map.of(VIRGINIA, virginia.outcome()));
    assertThat(progress.get(1).buckets()).isEmpty();
    assertThat(progress.get(1).calls()).isEqualTo(virginia.calls());
  }

  @Test
  void keepsTheFirstOutcomeOfARegion() {
    Run run = planned();
    store.recordRegion(run.key(), 1, Sample.traced(Sample.complete(VIRGINIA)));

    assertThat(store.recordRegion(run.key(), 1, Sample.traced(Sample.denied(VIRGINIA)))).isTrue();

    assertThat(store.progress(run.key()).get(1).regions())
        .containsEntry(VIRGINIA, Sample.complete(VIRGINIA));
  }

  @Test
  void losesNoneOfTheOutcomesThatAreWrittenAtOnce() throws Exception {
    Run run = begun(NOW);
    List<RegionName> regions =
        IntStream.range(0, 12).mapToObj(i -> new RegionName("eu-test-" + i)).toList();
    store.planned(
        run, new Plan(ACCOUNT, List.of(new Shard(0, regions, true)), List.of(), List.of()));

    List<Boolean> written =
        AtOnce.run(
            12,
            i -> store.recordRegion(run.key(), 0, Sample.traced(Sample.complete(regions.get(i)))));

    assertThat(written).containsOnly(true);
    assertThat(store.progress(run.key()).getFirst().regions()).hasSize(12);
  }

  // ---- the end of a run

  @Test
  void concludesWithASnapshotAndLetsTheNextRunBegin() {
    Run run = planned();
    Snapshot snapshot = Sample.snapshot(run);

    assertThat(store.conclude(run, snapshot, Sample.ledger(run))).isTrue();

    assertThat(store.history(tenant, connection.id())).containsExactly(snapshot);
    assertThat(store.snapshot(run.key())).contains(snapshot);
    assertThat(store.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.CONCLUDED);
    assertThat(running(NOW)).isEmpty();
    assertThat(store.begin(connection, Sample.run(connection, NOW), NO_KEY, NOW))
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void concludesOnceOnly() {
    Run run = planned();
    store.conclude(run, Sample.snapshot(run), Sample.ledger(run));

    assertThat(store.conclude(run, Sample.snapshot(run, List.of()), Sample.ledger(run))).isFalse();
    assertThat(store.fail(run, FAILURE)).isFalse();

    assertThat(store.history(tenant, connection.id())).containsExactly(Sample.snapshot(run));
  }

  @Test
  void concludesOnceAlsoWhenAskedManyTimesAtOnce() throws Exception {
    Run run = planned();

    List<Boolean> outcomes =
        AtOnce.run(6, _ -> store.conclude(run, Sample.snapshot(run), Sample.ledger(run)));

    assertThat(outcomes).filteredOn(concluded -> concluded).hasSize(1);
  }

  @Test
  void refusesTheSnapshotOfARunThatLostItsLock() {
    Run zombie = planned();
    Run heir = begun(zombie.deadline().plusNanos(1));

    assertThat(store.conclude(zombie, Sample.snapshot(zombie), Sample.ledger(zombie))).isFalse();

    assertThat(store.history(tenant, connection.id())).isEmpty();
    assertThat(running(heir.startedAt())).contains(heir.key().scan());
  }

  @Test
  void refusesTheSnapshotOfAConnectionThatWasDisconnected() {
    Run run = planned();
    change(active -> active.disconnected(NOW));

    assertThat(store.conclude(run, Sample.snapshot(run), Sample.ledger(run))).isFalse();
    assertThat(store.history(tenant, connection.id())).isEmpty();
  }

  @Test
  void refusesTheSnapshotOfAnEarlierGeneration() {
    Run run = planned();
    change(Connection::nextGeneration);

    assertThat(store.conclude(run, Sample.snapshot(run), Sample.ledger(run))).isFalse();
  }

  @Test
  void concludesAlthoughTheConnectionChangedInOtherWays() {
    Run run = planned();
    change(active -> active.withReference(Sample.RESEALED));

    assertThat(store.conclude(run, Sample.snapshot(run), Sample.ledger(run))).isTrue();
  }

  @Test
  void failsARunAndReleasesItsLock() {
    Run run = begun(NOW);

    assertThat(store.fail(run, FAILURE)).isTrue();

    Run failed = store.run(run.key()).orElseThrow();
    assertThat(failed.state()).isEqualTo(Run.State.FAILED);
    assertThat(failed.failure()).contains(FAILURE);
    assertThat(running(NOW)).isEmpty();
    assertThat(store.fail(run, FAILURE)).isFalse();
    assertThat(store.conclude(run, Sample.snapshot(run), Sample.ledger(run))).isFalse();
  }

  @Test
  void failsAZombieAndLeavesTheLockToItsHeir() {
    Run zombie = begun(NOW);
    Run heir = begun(zombie.deadline().plusNanos(1));

    assertThat(store.fail(zombie, FAILURE)).isTrue();

    assertThat(store.run(zombie.key()).orElseThrow().failure()).contains(FAILURE);
    assertThat(running(heir.startedAt())).contains(heir.key().scan());
  }

  @Test
  void forgetsARunAndItsShardsAfterADay() {
    Run run = planned();

    clock = NOW.plus(Duration.ofHours(24));

    assertThat(store.run(run.key())).isEmpty();
    assertThat(store.plan(run.key())).isEmpty();
    assertThat(store.progress(run.key())).isEmpty();
    assertThat(partition())
        .filteredOn(item -> !Stored.text(item, Stored.SK).startsWith("snapshot#"))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item).containsKey(Stored.TTL));
  }

  // ---- snapshots

  @Test
  void showsFiveOfSixSnapshotsNewestFirstAndTrimsTheOldest() {
    List<Run> runs = concluded(6);
    Run oldest = runs.removeFirst();
    List<Snapshot> newest = runs.reversed().stream().map(Sample::snapshot).toList();

    assertThat(store.history(tenant, connection.id())).isEqualTo(newest);
    assertThat(store.snapshot(oldest.key())).isEmpty();
    assertThat(snapshotsStored()).isEqualTo(6);

    assertThat(store.trim(tenant, connection.id())).isEqualTo(new Trimmed(1, 1));

    assertThat(store.history(tenant, connection.id())).isEqualTo(newest);
    assertThat(snapshotsStored()).isEqualTo(5);
    assertThat(store.trim(tenant, connection.id())).isEqualTo(new Trimmed(0, 0));
  }

  @Test
  void keepsASnapshotForGood() {
    concluded(1);

    assertThat(partition())
        .filteredOn(item -> Stored.text(item, Stored.SK).startsWith("snapshot#"))
        .singleElement()
        .satisfies(item -> assertThat(item).doesNotContainKey(Stored.TTL));
  }

  @Test
  void readsAllFiveSnapshotsWhenTheyDoNotFitIntoOneAnswer() {
    List<Snapshot> large = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Instant now = NOW.plusSeconds(i);
      Run run = begun(now);
      Snapshot snapshot = Sample.snapshot(run, List.of(incompressible(330_000)));
      assertThat(store.conclude(run, snapshot, Sample.ledger(run))).isTrue();
      large.addFirst(snapshot);
    }

    assertThat(store.history(tenant, connection.id())).isEqualTo(large);
  }

  @Test
  void refusesASnapshotThatIsTooLargeAndLeavesTheRunAsItIs() {
    Run run = planned();
    Snapshot snapshot = Sample.snapshot(run, List.of(incompressible(900_000)));

    assertThatThrownBy(() -> store.conclude(run, snapshot, Sample.ledger(run)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
    assertThat(store.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
  }

  @Test
  void showsNoScanToAnotherTenantOrConnection() {
    concluded(1);

    assertThat(store.history(Sample.tenant(), connection.id())).isEmpty();
    assertThat(store.history(tenant, Sample.pending(tenant).id())).isEmpty();
  }

  // ---- purge

  @Test
  void purgesEverythingOfAConnectionAndNothingElse() {
    concluded(6);
    planned();
    Connection other = Sample.pending(tenant);
    connections.create(other);
    connections.save(other, other.proven(new AccountId("1".repeat(12)), PROOF));
    Connection active = connections.find(tenant, other.id(), NOW).orElseThrow();
    Run ofOther = Sample.run(active, NOW);
    store.begin(active, ofOther, NO_KEY, NOW);

    assertThat(store.purge(tenant, connection.id())).isEqualTo(new Purged(6, 7, 6));

    assertThat(partition()).isEmpty();
    assertThat(store.run(ofOther.key())).isPresent();
    assertThat(store.purge(tenant, connection.id())).isEqualTo(new Purged(0, 0, 0));
  }

  @Test
  void leavesNothingWhenPurgedBetweenAnyTwoStepsOfARun() {
    List<Consumer<Run>> steps =
        List.of(
            run -> store.begin(connection, run, Optional.of("key"), NOW),
            run -> store.planned(run, Sample.plan()),
            run -> store.recordSession(run.key(), 0, SESSION),
            run -> store.recordRegion(run.key(), 0, Sample.traced(Sample.complete(FRANKFURT))),
            run -> store.recordBuckets(run.key(), 0, Sample.traced(Sample.buckets())),
            run -> store.conclude(run, Sample.snapshot(run), Sample.ledger(run)),
            run -> store.fail(run, FAILURE));

    for (int purgedAfter = 1; purgedAfter <= steps.size(); purgedAfter++) {
      Run run = Sample.run(connection, NOW);
      steps.subList(0, purgedAfter).forEach(step -> step.accept(run));
      assertThat(partition()).as("before the purge after step %d", purgedAfter).isNotEmpty();

      change(Connection::nextGeneration);
      store.purge(tenant, connection.id());
      steps.subList(purgedAfter, steps.size()).forEach(step -> step.accept(run));

      assertThat(partition()).as("purged after step %d", purgedAfter).isEmpty();
    }
  }

  @Test
  void leavesNothingOfARunThatGoesOnWhileItIsPurged() throws Exception {
    for (int round = 0; round < 5; round++) {
      Run run = begun(NOW);
      Connection before = connection;
      AtOnce.run(
          2,
          who -> {
            if (who == 0) {
              change(Connection::nextGeneration);
              store.purge(tenant, connection.id());
            } else {
              store.planned(run, Sample.plan());
              store.recordRegion(run.key(), 0, Sample.traced(Sample.complete(FRANKFURT)));
              store.conclude(run, Sample.snapshot(run), Sample.ledger(run));
              store.begin(before, Sample.run(before, NOW), NO_KEY, NOW);
            }
            return who;
          });

      assertThat(partition()).isEmpty();
    }
  }

  // ---- how the tests say it

  private void change(UnaryOperator<Connection> change) {
    assertThat(connections.save(connection, change.apply(connection))).isEqualTo(Saved.SAVED);
    connection = connections.find(tenant, connection.id(), NOW).orElseThrow();
  }

  private Run begun(Instant now) {
    Run run = Sample.run(connection, now);
    assertThat(store.begin(connection, run, NO_KEY, now)).isEqualTo(new Begun.Started(run));
    return run;
  }

  private Run planned() {
    Run run = begun(NOW);
    assertThat(store.planned(run, Sample.plan())).isTrue();
    return run;
  }

  private List<Run> concluded(int times) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Run run = begun(NOW.plusSeconds(i));
      assertThat(store.conclude(run, Sample.snapshot(run), Sample.ledger(run))).isTrue();
      runs.add(run);
    }
    return runs;
  }

  private Optional<ScanId> running(Instant now) {
    return store.running(tenant, connection.id(), now);
  }

  private List<Map<String, AttributeValue>> partition() {
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

  private long snapshotsStored() {
    return partition().stream()
        .filter(item -> Stored.text(item, Stored.SK).startsWith("snapshot#"))
        .count();
  }

  private static Plan ofShards(int count) {
    List<Shard> shards =
        IntStream.range(0, count)
            .mapToObj(i -> new Shard(i, List.of(new RegionName("eu-test-" + i)), i == 0))
            .toList();
    return new Plan(ACCOUNT, shards, List.of(), List.of());
  }

  /** An outcome with this much text in it that no compression makes much smaller. */
  private static RegionOutcome incompressible(int characters) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append((char) ('!' + 2 + Sample.RANDOM.nextInt(57)));
    }
    return new RegionOutcome(
        FRANKFURT,
        new Reading.Unread<InstanceCounts>(Reading.Reason.FAILED, text.toString()),
        List.of());
  }
}
