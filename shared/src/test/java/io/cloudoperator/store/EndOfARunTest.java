package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore.Begun;
import io.cloudoperator.scan.RunStore.PlannedRun;
import io.cloudoperator.scan.ScanRetention.Trimmed;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeployedTables.Extension.class)
class EndOfARunTest extends RunsOfAConnection {
  EndOfARunTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void concludesWithASnapshotAndLetsTheNextRunBegin() {
    Run run = planned();
    Snapshot snapshot = Sample.snapshot(run);

    assertThat(snapshots.conclude(run, snapshot, Sample.ledger(run))).isEqualTo(new Written.Done());

    assertThat(snapshots.history(tenant, connection.id()).snapshots()).containsExactly(snapshot);
    assertThat(snapshots.snapshot(run.key())).contains(snapshot);
    assertThat(runs.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.CONCLUDED);
    assertThat(running(NOW)).isEmpty();
    assertThat(runs.begin(connection, Sample.run(connection, NOW), NO_KEY, NOW))
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void concludesOnceOnly() {
    Run run = planned();
    snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run));

    assertThat(snapshots.conclude(run, Sample.snapshot(run, List.of()), Sample.ledger(run)))
        .isInstanceOf(Written.Refused.class);
    assertThat(runs.fail(run, FAILURE)).isInstanceOf(Written.Refused.class);

    assertThat(snapshots.history(tenant, connection.id()).snapshots())
        .containsExactly(Sample.snapshot(run));
  }

  @Test
  void concludesOnceAlsoWhenAskedManyTimesAtOnce() throws Exception {
    Run run = planned();

    List<Written> outcomes =
        AtOnce.run(6, _ -> snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)));

    assertThat(outcomes).filteredOn(new Written.Done()::equals).hasSize(1);
  }

  @Test
  void refusesTheSnapshotOfARunThatLostItsLock() {
    Run zombie = planned();
    Run heir = begun(zombie.deadline().plusNanos(1));

    assertThat(snapshots.conclude(zombie, Sample.snapshot(zombie), Sample.ledger(zombie)))
        .isInstanceOf(Written.Refused.class);

    assertThat(snapshots.history(tenant, connection.id()).snapshots()).isEmpty();
    assertThat(running(heir.startedAt())).contains(heir.key().scan());
  }

  @Test
  void refusesTheSnapshotOfAConnectionThatWasDisconnected() {
    Run run = planned();
    change(active -> active.disconnected(NOW));

    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isInstanceOf(Written.Refused.class);
    assertThat(snapshots.history(tenant, connection.id()).snapshots()).isEmpty();
  }

  @Test
  void refusesTheSnapshotOfAnEarlierGeneration() {
    Run run = planned();
    change(Connection::nextGeneration);

    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isInstanceOf(Written.Refused.class);
  }

  @Test
  void concludesAlthoughTheConnectionChangedInOtherWays() {
    Run run = planned();
    change(active -> active.withReference(Sample.RESEALED));

    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isEqualTo(new Written.Done());
  }

  @Test
  void failsARunAndReleasesItsLock() {
    Run run = begun(NOW);

    assertThat(runs.fail(run, FAILURE)).isEqualTo(new Written.Done());

    Run failed = runs.run(run.key()).orElseThrow();
    assertThat(failed.state()).isEqualTo(Run.State.FAILED);
    assertThat(failed.failure()).contains(FAILURE);
    assertThat(running(NOW)).isEmpty();
    assertThat(runs.fail(run, FAILURE)).isInstanceOf(Written.Refused.class);
    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isInstanceOf(Written.Refused.class);
  }

  @Test
  void failsAZombieAndLeavesTheLockToItsHeir() {
    Run zombie = begun(NOW);
    Run heir = begun(zombie.deadline().plusNanos(1));

    assertThat(runs.fail(zombie, FAILURE)).isEqualTo(new Written.Done());

    assertThat(runs.run(zombie.key()).orElseThrow().failure()).contains(FAILURE);
    assertThat(running(heir.startedAt())).contains(heir.key().scan());
  }

  @Test
  void forgetsARunAndItsShardsAfterADay() {
    Run run = planned();

    clock = NOW.plus(Duration.ofHours(24));

    assertThat(runs.run(run.key())).isEmpty();
    assertThat(runs.planned(run.key()).flatMap(PlannedRun::plan)).isEmpty();
    assertThat(runs.progress(run.key())).isEmpty();
    assertThat(partition())
        .filteredOn(item -> !Stored.text(item, Stored.SK).startsWith("snapshot#"))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item).containsKey(Stored.TTL));
  }

  @Test
  void showsFiveOfSixSnapshotsNewestFirstAndTrimsTheOldest() {
    List<Run> runs = concluded(6);
    Run oldest = runs.removeFirst();
    List<Snapshot> newest = runs.reversed().stream().map(Sample::snapshot).toList();

    assertThat(snapshots.history(tenant, connection.id()).snapshots()).isEqualTo(newest);
    assertThat(snapshots.snapshot(oldest.key())).isEmpty();
    assertThat(snapshotsStored()).isEqualTo(6);

    assertThat(retention.trim(tenant, connection.id(), Ledger.Kind.SCAN))
        .isEqualTo(new Trimmed(1, 1));

    assertThat(snapshots.history(tenant, connection.id()).snapshots()).isEqualTo(newest);
    assertThat(snapshotsStored()).isEqualTo(5);
    assertThat(retention.trim(tenant, connection.id(), Ledger.Kind.SCAN))
        .isEqualTo(new Trimmed(0, 0));
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
      assertThat(snapshots.conclude(run, snapshot, Sample.ledger(run)))
          .isEqualTo(new Written.Done());
      large.addFirst(snapshot);
    }

    assertThat(snapshots.history(tenant, connection.id()).snapshots()).isEqualTo(large);
  }

  @Test
  void refusesASnapshotThatIsTooLargeAndLeavesTheRunAsItIs() {
    Run run = planned();
    Snapshot snapshot = Sample.snapshot(run, List.of(incompressible(900_000)));

    assertThatThrownBy(() -> snapshots.conclude(run, snapshot, Sample.ledger(run)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
    assertThat(runs.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
  }

  @Test
  void showsNoScanToAnotherTenantOrConnection() {
    concluded(1);

    assertThat(snapshots.history(Sample.tenant(), connection.id()).snapshots()).isEmpty();
    assertThat(snapshots.history(tenant, Sample.pending(tenant).id()).snapshots()).isEmpty();
  }

  private long snapshotsStored() {
    return partition().stream()
        .filter(item -> Stored.text(item, Stored.SK).startsWith("snapshot#"))
        .count();
  }

  /** An outcome with this much text in it that no compression makes much smaller. */
  private static RegionOutcome incompressible(int characters) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append((char) ('!' + 2 + Sample.RANDOM.nextInt(57)));
    }
    return new RegionOutcome(
        FRANKFURT, new Reading.Unread<Counts>(Reading.Reason.FAILED, text.toString()), List.of());
  }
}
