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
import io.cloudoperator.scan.Shard;
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
    store.recordSession(run.key(), 0, SESSION);
    store.recordRegion(run.key(), 0, read);

    assertThat(store.stop(tenant, connection.id(), NOT_ACTIVE)).contains(run.key().scan());

    assertThat(store.run(run.key()).orElseThrow().failure()).contains(NOT_ACTIVE);
    assertThat(running(NOW)).isEmpty();
    assertThat(store.progress(run.key())).isEmpty();
    assertThat(store.ledger(run.key()).orElseThrow().calls())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Sample.plan().calls(), SESSION, read.calls()).flatMap(List::stream).toList());
    assertThat(store.recordRegion(run.key(), 0, Sample.traced(Sample.complete(IRELAND)))).isFalse();
    assertThat(store.recordSession(run.key(), 0, SESSION)).isFalse();
    assertThat(store.conclude(run, Sample.snapshot(run), Sample.ledger(run))).isFalse();
  }

  @Test
  void stopsARunThatWasNotPlannedYetAndTakesNoPlanOfIt() {
    Run run = begun(NOW);

    assertThat(store.stop(run, NOT_ACTIVE)).isTrue();

    assertThat(store.planned(run, Sample.plan())).isFalse();
    assertThat(store.progress(run.key())).isEmpty();
  }

  @Test
  void stopsNothingWhereNothingRuns() {
    assertThat(store.stop(tenant, connection.id(), NOT_ACTIVE)).isEmpty();

    Run run = planned();
    store.conclude(run, Sample.snapshot(run), Sample.ledger(run));

    assertThat(store.stop(tenant, connection.id(), NOT_ACTIVE)).isEmpty();
    assertThat(store.stop(run, NOT_ACTIVE)).isFalse();
    assertThat(store.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.CONCLUDED);
  }

  @Test
  void stopsAZombieAndLeavesTheLockToItsHeir() {
    Run zombie = planned();
    Run heir = begun(zombie.deadline().plusNanos(1));

    assertThat(store.stop(zombie, NOT_ACTIVE)).isTrue();

    assertThat(running(heir.startedAt())).contains(heir.key().scan());
    assertThat(store.recordSession(zombie.key(), 0, SESSION)).isFalse();
  }

  @Test
  void losesNoCallThatAShardWasToldIsKept() throws Exception {
    for (int round = 0; round < 5; round++) {
      Run run = begun(NOW.plusSeconds(round));
      List<RegionName> regions =
          IntStream.range(0, 30).mapToObj(i -> new RegionName("eu-test-" + i)).toList();
      store.planned(
          run,
          new Plan(Sample.ACCOUNT, List.of(new Shard(0, regions, true)), List.of(), List.of()));
      List<Call> kept = new ArrayList<>();
      AtOnce.run(
          2,
          who -> {
            if (who == 0) {
              return store.stop(tenant, connection.id(), NOT_ACTIVE).isPresent();
            }
            for (RegionName region : regions) {
              var read = Sample.traced(Sample.complete(region));
              if (store.recordRegion(run.key(), 0, read)) {
                kept.addAll(read.calls());
              }
            }
            return true;
          });

      assertThat(store.ledger(run.key()).map(Ledger::calls).orElse(List.of()))
          .containsExactlyInAnyOrderElementsOf(kept);
      assertThat(store.progress(run.key())).isEmpty();
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
        store.stop(tenant, connection.id(), NOT_ACTIVE);
        var after = partition();
        steps.subList(stepsBefore, steps.size()).forEach(step -> step.accept(active, run));

        assertThat(partition()).as("disconnected after step %d", stepsBefore).isEqualTo(after);
        connection = Sample.pending(tenant);
        connect();
      }
    }
  }
}
