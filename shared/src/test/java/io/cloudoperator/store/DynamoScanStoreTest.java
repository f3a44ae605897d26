package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.IRELAND;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static io.cloudoperator.store.Sample.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ScanStore.Begun;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeployedTables.Extension.class)
class DynamoScanStoreTest extends RunsOfAConnection {
  DynamoScanStoreTest(DeployedTables tables) {
    super(tables);
  }

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
    WithCalls<RegionOutcome> ireland = Sample.traced(Sample.complete(IRELAND));
    WithCalls<RegionOutcome> frankfurt = Sample.traced(Sample.denied(FRANKFURT));
    WithCalls<RegionOutcome> virginia = Sample.traced(Sample.complete(VIRGINIA));
    WithCalls<BucketOutcome> buckets = Sample.traced(Sample.buckets());

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
  void keepsTheOutcomesOfAWholeAccountInOneWrite() {
    Run run = begun(NOW);
    List<RegionName> regions =
        IntStream.range(0, 60).mapToObj(i -> new RegionName("eu-test-" + i)).toList();
    store.planned(
        run, new Plan(ACCOUNT, List.of(new Shard(0, regions, true)), List.of(), List.of()));
    store.recordRegion(run.key(), 0, Sample.traced(Sample.denied(regions.get(7))));
    List<WithCalls<RegionOutcome>> read =
        regions.stream().map(region -> Sample.traced(Sample.complete(region))).toList();
    WithCalls<BucketOutcome> buckets = Sample.traced(Sample.buckets());

    assertThat(
            store.record(run.key(), 0, new ScanStore.Outcomes(read, Optional.of(buckets), SESSION)))
        .isTrue();

    ShardProgress progress = store.progress(run.key()).getFirst();
    assertThat(progress.regions())
        .hasSize(60)
        .containsEntry(regions.get(7), Sample.denied(regions.get(7)))
        .containsEntry(regions.get(59), Sample.complete(regions.get(59)));
    assertThat(progress.buckets()).contains(Sample.buckets());
    assertThat(progress.calls()).hasSize(62 + SESSION.size()).containsAll(SESSION);
  }

  @Test
  void keepsTheFirstChecksOfTheAccountWithTheirCalls() {
    Run run = planned();
    AccountChecks checks = AccountChecks.unread(Reading.Reason.THROTTLED, "Throttling");
    AccountChecks later = AccountChecks.unread(Reading.Reason.DENIED_BY_IAM, "AccessDenied");

    assertThat(store.record(run.key(), 0, ScanStore.Outcomes.of(new WithCalls<>(checks, SESSION))))
        .isTrue();
    assertThat(store.record(run.key(), 0, ScanStore.Outcomes.of(new WithCalls<>(later, List.of()))))
        .isTrue();

    ShardProgress progress = store.progress(run.key()).getFirst();
    assertThat(progress.account()).contains(checks);
    assertThat(progress.calls()).containsAll(SESSION);
    assertThat(store.progress(run.key()).get(1).account()).isEmpty();
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

  private static Plan ofShards(int count) {
    List<Shard> shards =
        IntStream.range(0, count)
            .mapToObj(i -> new Shard(i, List.of(new RegionName("eu-test-" + i)), i == 0))
            .toList();
    return new Plan(ACCOUNT, shards, List.of(), List.of());
  }
}
