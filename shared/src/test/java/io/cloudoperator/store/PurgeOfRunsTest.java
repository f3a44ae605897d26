package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.scan.Run;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeployedTables.Extension.class)
class PurgeOfRunsTest extends RunsOfAConnection {
  PurgeOfRunsTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void purgesEverythingOfAConnectionAndNothingElse() {
    concluded(6);
    planned();
    Connection other = Sample.pending(tenant);
    connections.create(other);
    connections.save(other, other.proven(new AccountId("1".repeat(12)), PROOF));
    Connection active = connections.find(tenant, other.id(), NOW).orElseThrow();
    Run ofOther = Sample.run(active, NOW);
    runs.begin(active, ofOther, NO_KEY, NOW);

    assertThat(purge()).isEqualTo(Map.of(What.SNAPSHOTS, 6L, What.RUNS, 7L, What.LEDGERS, 6L));

    assertThat(partition()).isEmpty();
    assertThat(runs.run(ofOther.key())).isPresent();
    assertThat(purge()).isEmpty();
  }

  @Test
  void leavesNothingWhenPurgedBetweenAnyTwoStepsOfARun() {
    for (List<BiConsumer<Connection, Run>> steps : lives()) {
      for (int purgedAfter = 1; purgedAfter <= steps.size(); purgedAfter++) {
        Connection before = connection;
        Run run = Sample.run(before, NOW);
        steps.subList(0, purgedAfter).forEach(step -> step.accept(before, run));
        assertThat(partition()).as("before the purge after step %d", purgedAfter).isNotEmpty();

        change(Connection::nextGeneration);
        purge();
        steps.subList(purgedAfter, steps.size()).forEach(step -> step.accept(before, run));

        assertThat(partition()).as("purged after step %d", purgedAfter).isEmpty();
      }
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
              purge();
            } else {
              runs.keepPlan(run, Sample.plan());
              recordRegion(run.key(), 0, Sample.traced(Sample.complete(FRANKFURT)));
              snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run));
              ledgers.keep(before, verification(NOW));
              runs.stop(run, FAILURE);
              runs.begin(before, Sample.run(before, NOW), NO_KEY, NOW);
            }
            return who;
          });

      assertThat(partition()).isEmpty();
    }
  }
}
