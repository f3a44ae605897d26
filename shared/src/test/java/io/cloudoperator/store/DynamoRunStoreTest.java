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
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore.Begun;
import io.cloudoperator.scan.RunStore.Outcomes;
import io.cloudoperator.scan.RunStore.PlannedRun;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Written;
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
class DynamoRunStoreTest extends RunsOfAConnection {
  DynamoRunStoreTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void beginsARunThatCanBeReadBack() {
    Run run = Sample.run(connection, NOW);

    assertThat(runs.begin(connection, run, NO_KEY, NOW)).isEqualTo(new Begun.Started(run));

    assertThat(runs.run(run.key())).contains(run);
    assertThat(running(NOW)).contains(run.key().scan());
    assertThat(runs.planned(run.key()).flatMap(PlannedRun::plan)).isEmpty();
    assertThat(runs.progress(run.key())).isEmpty();
  }

  @Test
  void keepsWhichRegionsWereChosen() {
    for (RegionChoice choice :
        List.of(RegionChoice.only(List.of(IRELAND)), RegionChoice.except(List.of(VIRGINIA)))) {
      Run run = Sample.run(connection, NOW, choice);
      runs.begin(connection, run, NO_KEY, NOW);
      Plan plan =
          new Plan(
              ACCOUNT,
              List.of(new Shard(0, List.of(IRELAND), true)),
              List.of(),
              List.of(VIRGINIA),
              List.of());
      runs.keepPlan(run, plan);

      assertThat(runs.planned(run.key())).contains(new PlannedRun(run, Optional.of(plan)));
      runs.fail(run, FAILURE);
    }
  }

  @Test
  void namesTheRunThatIsInTheWay() {
    Run first = begun(NOW);

    assertThat(runs.begin(connection, Sample.run(connection, NOW), NO_KEY, NOW))
        .isEqualTo(new Begun.AlreadyRunning(first.key().scan()));
  }

  @Test
  void beginsOneOfManyRunsAtOnce() throws Exception {
    List<Begun> outcomes =
        AtOnce.run(8, _ -> runs.begin(connection, Sample.run(connection, NOW), NO_KEY, NOW));

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
    runs.begin(connection, run, key, NOW);
    Begun repeated = new Begun.Repeated(run.key().scan());

    assertThat(runs.begin(connection, Sample.run(connection, NOW), key, NOW)).isEqualTo(repeated);
    runs.fail(run, FAILURE);
    assertThat(runs.begin(connection, Sample.run(connection, NOW), key, NOW)).isEqualTo(repeated);
  }

  @Test
  void answersOneKeyThatComesManyTimesAtOnceWithOneRun() throws Exception {
    List<Begun> outcomes =
        AtOnce.run(
            6, _ -> runs.begin(connection, Sample.run(connection, NOW), Optional.of("key"), NOW));

    ScanId scan = running(NOW).orElseThrow();
    assertThat(outcomes).filteredOn(Begun.Started.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(new Begun.Repeated(scan)::equals).hasSize(5);
  }

  @Test
  void forgetsAnIdempotencyKeyAfterADay() {
    Run run = Sample.run(connection, NOW);
    runs.begin(connection, run, Optional.of("key"), NOW);
    runs.fail(run, FAILURE);
    Instant dayLater = NOW.plus(Duration.ofHours(24));

    assertThat(
            runs.begin(connection, Sample.run(connection, dayLater), Optional.of("key"), dayLater))
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void letsAnotherKeyOfTheSameTextBeginInAnotherConnection() {
    runs.begin(connection, Sample.run(connection, NOW), Optional.of("key"), NOW);
    Connection other = Sample.pending(Sample.tenant());
    connections.create(other);
    connections.save(other, other.proven(ACCOUNT, PROOF));
    Connection active = connections.find(other.tenant(), other.id(), NOW).orElseThrow();

    assertThat(runs.begin(active, Sample.run(active, NOW), Optional.of("key"), NOW))
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void beginsNothingForAConnectionThatIsNotActiveAnyMore() {
    Connection before = connection;
    change(active -> active.disconnected(NOW));

    assertThat(runs.begin(before, Sample.run(before, NOW), NO_KEY, NOW))
        .isEqualTo(new Begun.NotActive());
    assertThat(partition()).isEmpty();
  }

  @Test
  void beginsNothingInAGenerationThatHasPassed() {
    Connection before = connection;
    change(Connection::nextGeneration);

    assertThat(runs.begin(before, Sample.run(before, NOW), NO_KEY, NOW))
        .isEqualTo(new Begun.NotActive());
    assertThat(partition()).isEmpty();
  }

  @Test
  void refusesARunOfAnotherConnection() {
    Run run = Sample.run(Sample.pending(tenant), NOW);

    assertThatThrownBy(() -> runs.begin(connection, run, NO_KEY, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesOverTheLockOnlyPastItsDeadline() {
    Run first = begun(NOW);
    Instant atDeadline = first.deadline();
    Instant pastDeadline = first.deadline().plusNanos(1);

    assertThat(runs.begin(connection, Sample.run(connection, atDeadline), NO_KEY, atDeadline))
        .isEqualTo(new Begun.AlreadyRunning(first.key().scan()));
    assertThat(running(pastDeadline)).isEmpty();
    assertThat(runs.begin(connection, Sample.run(connection, pastDeadline), NO_KEY, pastDeadline))
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void keepsAPlanAndOpensItsShards() {
    Run run = begun(NOW);
    Plan plan = Sample.plan();

    assertThat(runs.keepPlan(run, plan)).isEqualTo(new Written.Done());

    assertThat(runs.planned(run.key()).flatMap(PlannedRun::plan)).contains(plan);
    assertThat(runs.progress(run.key()))
        .extracting(ShardProgress::shard)
        .containsExactlyElementsOf(plan.shards());
  }

  @Test
  void takesTheSamePlanTwiceWithoutLosingOutcomes() {
    Run run = planned();
    recordRegion(run.key(), 0, Sample.traced(Sample.complete(FRANKFURT)));

    assertThat(runs.keepPlan(run, Sample.plan())).isEqualTo(new Written.Done());

    assertThat(runs.progress(run.key()).getFirst().regions()).containsKey(FRANKFURT);
  }

  @Test
  void refusesAnotherPlanForTheSameRun() {
    Run run = planned();
    Plan another =
        new Plan(ACCOUNT, List.of(new Shard(0, List.of(VIRGINIA), true)), List.of(), List.of());

    assertThat(runs.keepPlan(run, another)).isInstanceOf(Written.Refused.class);
    assertThat(runs.planned(run.key()).flatMap(PlannedRun::plan)).contains(Sample.plan());
  }

  @Test
  void refusesThePlanOfARunThatLostItsLock() {
    Run zombie = begun(NOW);
    begun(zombie.deadline().plusNanos(1));

    assertThat(runs.keepPlan(zombie, Sample.plan())).isInstanceOf(Written.Refused.class);
    assertThat(runs.progress(zombie.key())).isEmpty();
  }

  @Test
  void refusesThePlanOfARunThatFailed() {
    Run run = begun(NOW);
    runs.fail(run, FAILURE);

    assertThat(runs.keepPlan(run, Sample.plan())).isInstanceOf(Written.Refused.class);
  }

  @Test
  void keepsAPlanOfTheMostShardsThatATransactionTakes() {
    Run run = begun(NOW);

    assertThat(runs.keepPlan(run, ofShards(88))).isEqualTo(new Written.Done());
    assertThat(runs.progress(run.key())).hasSize(88);
    assertThatThrownBy(() -> runs.keepPlan(run, ofShards(89)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesAShardOfSeveralRegionsAsManyPagesAsAStopCanEnd() {
    Run run = begun(NOW);
    List<RegionName> regions = List.of(IRELAND, FRANKFURT, VIRGINIA);
    List<Shard> forty =
        IntStream.range(0, 40).mapToObj(i -> new Shard(i, regions, i == 0)).toList();
    Plan plan = new Plan(ACCOUNT, forty, List.of(), List.of());

    assertThat(runs.keepPlan(run, plan, Tier.AUDIT)).isEqualTo(new Written.Done());

    assertThat(runs.progress(run.key())).hasSize(40).allMatch(shard -> shard.pages() == 1);
    assertThat(runs.stop(run, FAILURE)).isEqualTo(new Written.Done());
    Run next = begun(NOW.plusSeconds(1));
    runs.keepPlan(next, new Plan(ACCOUNT, forty.subList(0, 1), List.of(), List.of()));
    assertThat(runs.progress(next.key())).singleElement().matches(shard -> shard.pages() == 3);
  }

  @Test
  void addsUpTheFirstOutcomesAndTheCallsOfAllPages() {
    Run run = begun(NOW);
    Shard shard = new Shard(0, List.of(IRELAND, FRANKFURT, VIRGINIA), true);
    runs.keepPlan(run, new Plan(ACCOUNT, List.of(shard), List.of(), List.of()));
    WithCalls<RegionOutcome> ireland = Sample.traced(Sample.complete(IRELAND));
    WithCalls<RegionOutcome> again = Sample.traced(Sample.denied(IRELAND));
    WithCalls<RegionOutcome> frankfurt = Sample.traced(Sample.complete(FRANKFURT));

    assertThat(runs.record(run.key(), 0, 1, ofRegions(List.of(ireland))))
        .isEqualTo(new Written.Done());
    assertThat(runs.record(run.key(), 0, 2, ofRegions(List.of(again, frankfurt))))
        .isEqualTo(new Written.Done());
    // Another delivery of the step, which could not read what the first one has read.
    WithCalls<RegionOutcome> late = Sample.traced(Sample.denied(FRANKFURT));
    assertThat(runs.record(run.key(), 0, 0, ofRegions(List.of(late))))
        .isEqualTo(new Written.Done());
    // As one that could not tell whether it was written.
    assertThat(runs.record(run.key(), 0, 0, Outcomes.of(ireland.calls())))
        .isEqualTo(new Written.Done());
    assertThat(runs.record(run.key(), 0, 3, Outcomes.of(SESSION)))
        .isInstanceOf(Written.Refused.class);

    ShardProgress progress = runs.progress(run.key()).getFirst();
    assertThat(progress.shard()).isEqualTo(shard);
    assertThat(progress.regions())
        .containsOnly(
            Map.entry(IRELAND, ireland.outcome()), Map.entry(FRANKFURT, frankfurt.outcome()));
    assertThat(progress.calls())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ireland, again, frankfurt, late)
                .flatMap(read -> read.calls().stream())
                .toList());
    assertThat(runs.stop(run, FAILURE)).isEqualTo(new Written.Done());
    assertThat(runs.record(run.key(), 0, 2, Outcomes.of(SESSION)))
        .isInstanceOf(Written.Refused.class);
  }

  private static Outcomes ofRegions(List<WithCalls<RegionOutcome>> regions) {
    return new Outcomes(regions, Optional.empty(), Optional.empty(), List.of());
  }

  @Test
  void showsWhatEachShardHasWritten() {
    Run run = planned();
    WithCalls<RegionOutcome> ireland = Sample.traced(Sample.complete(IRELAND));
    WithCalls<RegionOutcome> frankfurt = Sample.traced(Sample.denied(FRANKFURT));
    WithCalls<RegionOutcome> virginia = Sample.traced(Sample.complete(VIRGINIA));
    WithCalls<BucketOutcome> buckets = Sample.traced(Sample.buckets());

    assertThat(runs.record(run.key(), 0, Outcomes.of(SESSION))).isEqualTo(new Written.Done());
    assertThat(recordRegion(run.key(), 0, ireland)).isEqualTo(new Written.Done());
    assertThat(recordRegion(run.key(), 0, frankfurt)).isEqualTo(new Written.Done());
    assertThat(recordBuckets(run.key(), 0, buckets)).isEqualTo(new Written.Done());
    assertThat(recordRegion(run.key(), 1, virginia)).isEqualTo(new Written.Done());

    List<ShardProgress> progress = runs.progress(run.key());
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
    recordRegion(run.key(), 1, Sample.traced(Sample.complete(VIRGINIA)));

    assertThat(recordRegion(run.key(), 1, Sample.traced(Sample.denied(VIRGINIA))))
        .isEqualTo(new Written.Done());

    assertThat(runs.progress(run.key()).get(1).regions())
        .containsEntry(VIRGINIA, Sample.complete(VIRGINIA));
  }

  @Test
  void keepsTheOutcomesOfAWholeAccountInOneWrite() {
    Run run = begun(NOW);
    List<RegionName> regions =
        IntStream.range(0, 60).mapToObj(i -> new RegionName("eu-test-" + i)).toList();
    runs.keepPlan(
        run, new Plan(ACCOUNT, List.of(new Shard(0, regions, true)), List.of(), List.of()));
    recordRegion(run.key(), 0, Sample.traced(Sample.denied(regions.get(7))));
    List<WithCalls<RegionOutcome>> read =
        regions.stream().map(region -> Sample.traced(Sample.complete(region))).toList();
    WithCalls<BucketOutcome> buckets = Sample.traced(Sample.buckets());

    assertThat(
            runs.record(
                run.key(), 0, new Outcomes(read, Optional.of(buckets), Optional.empty(), SESSION)))
        .isEqualTo(new Written.Done());

    ShardProgress progress = runs.progress(run.key()).getFirst();
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

    assertThat(runs.record(run.key(), 0, ofAccount(new WithCalls<>(checks, SESSION))))
        .isEqualTo(new Written.Done());
    assertThat(runs.record(run.key(), 0, ofAccount(new WithCalls<>(later, List.of()))))
        .isEqualTo(new Written.Done());

    ShardProgress progress = runs.progress(run.key()).getFirst();
    assertThat(progress.account()).contains(checks);
    assertThat(progress.calls()).containsAll(SESSION);
    assertThat(runs.progress(run.key()).get(1).account()).isEmpty();
  }

  @Test
  void losesNoneOfTheOutcomesThatAreWrittenAtOnce() throws Exception {
    Run run = begun(NOW);
    List<RegionName> regions =
        IntStream.range(0, 12).mapToObj(i -> new RegionName("eu-test-" + i)).toList();
    runs.keepPlan(
        run, new Plan(ACCOUNT, List.of(new Shard(0, regions, true)), List.of(), List.of()));

    List<Written> written =
        AtOnce.run(
            12, i -> recordRegion(run.key(), 0, Sample.traced(Sample.complete(regions.get(i)))));

    assertThat(written).containsOnly(new Written.Done());
    assertThat(runs.progress(run.key()).getFirst().regions()).hasSize(12);
  }

  private static Outcomes ofAccount(WithCalls<AccountChecks> checks) {
    return new Outcomes(List.of(), Optional.empty(), Optional.of(checks), List.of());
  }

  private static Plan ofShards(int count) {
    List<Shard> shards =
        IntStream.range(0, count)
            .mapToObj(i -> new Shard(i, List.of(new RegionName("eu-test-" + i)), i == 0))
            .toList();
    return new Plan(ACCOUNT, shards, List.of(), List.of());
  }
}
