package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.IRELAND;
import static io.cloudoperator.store.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore.Outcomes;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeployedTables.Extension.class)
class StoppedRunsTest extends RunsOfAConnection {
  private static final Run.Failure NOT_ACTIVE = new Run.Failure("not_active", "It is over.");

  StoppedRunsTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void endsTheRunKeepsWhatItHasCalledAndTakesNothingMore() {
    Run run = planned();
    var read = Sample.traced(Sample.complete(FRANKFURT));
    runs.record(run.key(), 0, Outcomes.of(SESSION));
    recordRegion(run.key(), 0, read);

    assertThat(runs.stop(tenant, connection.id(), NOT_ACTIVE)).contains(run.key().scan());

    assertThat(runs.run(run.key()).orElseThrow().failure()).contains(NOT_ACTIVE);
    assertThat(running(NOW)).isEmpty();
    assertThat(runs.progress(run.key())).isEmpty();
    assertThat(ledgers.ledger(run.key()).orElseThrow().calls())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Sample.plan().calls(), SESSION, read.calls()).flatMap(List::stream).toList());
    assertThat(recordRegion(run.key(), 0, Sample.traced(Sample.complete(IRELAND))))
        .isInstanceOf(Written.Refused.class);
    assertThat(runs.record(run.key(), 0, Outcomes.of(SESSION))).isInstanceOf(Written.Refused.class);
    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isInstanceOf(Written.Refused.class);
  }

  @Test
  void stopsARunThatWasNotPlannedYetAndTakesNoPlanOfIt() {
    Run run = begun(NOW);

    assertThat(runs.stop(run, NOT_ACTIVE)).isEqualTo(new Written.Done());

    assertThat(runs.keepPlan(run, Sample.plan())).isInstanceOf(Written.Refused.class);
    assertThat(runs.progress(run.key())).isEmpty();
  }

  @Test
  void stopsNothingWhereNothingRuns() {
    assertThat(runs.stop(tenant, connection.id(), NOT_ACTIVE)).isEmpty();

    Run run = planned();
    snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run));

    assertThat(runs.stop(tenant, connection.id(), NOT_ACTIVE)).isEmpty();
    assertThat(runs.stop(run, NOT_ACTIVE)).isEqualTo(new Written.Refused(Written.Reason.RUN_OVER));
    assertThat(runs.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.CONCLUDED);
  }

  @Test
  void stopsAZombieAndLeavesTheLockToItsHeir() {
    Run zombie = planned();
    Run heir = begun(zombie.deadline().plusNanos(1));

    assertThat(runs.stop(zombie, NOT_ACTIVE)).isEqualTo(new Written.Done());

    assertThat(running(heir.startedAt())).contains(heir.key().scan());
    assertThat(runs.record(zombie.key(), 0, Outcomes.of(SESSION)))
        .isInstanceOf(Written.Refused.class);
  }

  @Test
  void losesNoCallThatAShardWasToldIsKept() throws Exception {
    for (int round = 0; round < 5; round++) {
      Run run = begun(NOW.plusSeconds(round));
      List<RegionName> regions =
          IntStream.range(0, 30).mapToObj(i -> new RegionName("eu-test-" + i)).toList();
      runs.keepPlan(
          run,
          new Plan(Sample.ACCOUNT, List.of(new Shard(0, regions, true)), List.of(), List.of()));
      List<Call> kept = new ArrayList<>();
      AtOnce.run(
          2,
          who -> {
            if (who == 0) {
              return runs.stop(tenant, connection.id(), NOT_ACTIVE).isPresent();
            }
            for (RegionName region : regions) {
              var read = Sample.traced(Sample.complete(region));
              if (recordRegion(run.key(), 0, read).done()) {
                kept.addAll(read.calls());
              }
            }
            return true;
          });

      assertThat(ledgers.ledger(run.key()).map(Ledger::calls).orElse(List.of()))
          .containsExactlyInAnyOrderElementsOf(kept);
      assertThat(runs.progress(run.key())).isEmpty();
    }
  }

  /** As disconnecting does it: the connection first, so that no other run begins. */
  @Test
  void writesNothingOnceDisconnectedBetweenAnyTwoStepsOfARun() {
    for (List<BiConsumer<Connection, Run>> steps : lives()) {
      for (int stepsBefore = 0; stepsBefore <= steps.size(); stepsBefore++) {
        Connection active = connection;
        Run run = Sample.run(active, NOW);
        steps.subList(0, stepsBefore).forEach(step -> step.accept(active, run));

        change(now -> now.disconnected(NOW));
        runs.stop(tenant, connection.id(), NOT_ACTIVE);
        var after = partition();
        steps.subList(stepsBefore, steps.size()).forEach(step -> step.accept(active, run));

        assertThat(partition()).as("disconnected after step %d", stepsBefore).isEqualTo(after);
        connection = Sample.pending(tenant);
        connect();
      }
    }
  }
}
