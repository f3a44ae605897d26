package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static io.cloudoperator.store.Sample.RANDOM;
import static io.cloudoperator.store.Sample.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore.Outcomes;
import io.cloudoperator.scan.ScanRetention.Trimmed;
import io.cloudoperator.scan.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeployedTables.Extension.class)
class LedgersTest extends RunsOfAConnection {
  LedgersTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void keepsTheLedgerOfAScanWithItsSnapshot() {
    Run run = planned();
    Ledger ledger = Sample.ledger(run);

    snapshots.conclude(run, Sample.snapshot(run), ledger);

    assertThat(ledgers.ledger(run.key())).contains(ledger);
    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).containsExactly(ledger);
  }

  @Test
  void keepsNoLedgerOfAScanWhoseSnapshotWasRefused() {
    Run run = planned();
    runs.fail(run, FAILURE);

    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isInstanceOf(Written.Refused.class);

    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).isEmpty();
  }

  @Test
  void keepsTheLedgerOfARunThatFailed() {
    Run run = begun(NOW);
    Ledger ledger = Sample.ledger(run);

    runs.fail(run, FAILURE, ledger);

    assertThat(ledgers.ledger(run.key())).contains(ledger);
  }

  @Test
  void keepsNoLedgerOfARunThatCalledNothing() {
    Run run = begun(NOW);

    runs.fail(run, FAILURE);

    assertThat(ledgers.ledger(run.key())).isEmpty();
    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).isEmpty();
  }

  @Test
  void showsWhatARunUnderWayHasCalledSoFar() {
    Run run = planned();
    var read = Sample.traced(Sample.complete(FRANKFURT));
    runs.record(run.key(), 0, Outcomes.of(SESSION));
    recordRegion(run.key(), 0, read);

    assertThat(ledgers.ledger(run.key()).orElseThrow().calls())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Sample.plan().calls(), SESSION, read.calls()).flatMap(List::stream).toList());
    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).isEmpty();
  }

  @Test
  void keepsTheSameCallsOnceAndOthersOfTheSameRegionToo() {
    Run run = planned();
    var first = Sample.traced(Sample.complete(FRANKFURT));
    var again = Sample.traced(Sample.denied(FRANKFURT));

    runs.record(run.key(), 0, Outcomes.of(SESSION));
    runs.record(run.key(), 0, Outcomes.of(SESSION));
    recordRegion(run.key(), 0, first);
    recordRegion(run.key(), 0, first);
    recordRegion(run.key(), 0, again);

    assertThat(runs.progress(run.key()).getFirst().calls())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SESSION, first.calls(), again.calls()).flatMap(List::stream).toList());
  }

  /** Of two APIs, say, in one millisecond, and neither was answered: nothing tells them apart. */
  @Test
  void keepsCallsThatAreAlikeAsManyAsTheyWere() {
    Run run = planned();
    Call unanswered =
        new Call(NOW, FRANKFURT.value(), "apigateway", "GetRoutes", "", 0, "", false, false);

    runs.record(run.key(), 0, Outcomes.of(List.of(unanswered, unanswered)));
    runs.record(run.key(), 0, Outcomes.of(List.of(unanswered, unanswered, SESSION.getFirst())));

    assertThat(runs.progress(run.key()).getFirst().calls())
        .containsExactlyInAnyOrder(unanswered, unanswered, SESSION.getFirst());
  }

  @Test
  void forgetsNoCallOfAScanThatWasPlannedTwice() {
    Run run = planned();
    List<Call> again = List.of(Sample.call(VIRGINIA, "DescribeRegions"));

    runs.keepPlan(
        run, new Plan(ACCOUNT, Sample.plan().shards(), Sample.plan().notOptedIn(), again));
    runs.keepPlan(run, Sample.plan());

    assertThat(ledgers.ledger(run.key()).orElseThrow().calls())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Sample.plan().calls(), again).flatMap(List::stream).toList());
  }

  /** Half a megabyte: two items of what DynamoDB takes at most. */
  @Test
  void dividesALedgerThatNoItemWouldHold() {
    Run run = planned();
    Ledger ledger = Ledger.of(run, incompressible(20_000));

    assertThat(snapshots.conclude(run, Sample.snapshot(run), ledger)).isEqualTo(new Written.Done());

    assertThat(ledgerItems()).hasSizeGreaterThan(1);
    assertThat(ledgers.ledger(run.key())).contains(ledger);
    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).containsExactly(ledger);
    assertThat(purge()).containsEntry(Deletion.What.LEDGERS, 1L);
  }

  @Test
  void refusesALedgerThatNoTransactionWouldTakeAndCutsNothing() {
    Run run = planned();
    Ledger ledger = Ledger.of(run, incompressible(160_000));

    assertThatThrownBy(() -> snapshots.conclude(run, Sample.snapshot(run), ledger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("160000 calls");

    assertThat(runs.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
    assertThat(ledgerItems()).isEmpty();
  }

  @Test
  void showsFiveOfSixOfEachKindNewestFirstAndTrimsTheRest() {
    List<Ledger> newest = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Run run = begun(NOW.plusSeconds(2L * i));
      Ledger ofScan = Sample.ledger(run);
      Ledger ofProof = verification(NOW.plusSeconds(2L * i + 1));
      snapshots.conclude(run, Sample.snapshot(run), ofScan);
      ledgers.keep(connection, ofProof);
      newest.addFirst(ofScan);
      newest.addFirst(ofProof);
    }
    List<Ledger> kept = newest.subList(0, 10);

    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).isEqualTo(kept);
    assertThat(ledgerItems()).hasSize(12);

    assertThat(trimmed(Ledger.Kind.SCAN)).isEqualTo(new Trimmed(1, 1));
    assertThat(ledgerItems()).hasSize(11);
    assertThat(trimmed(Ledger.Kind.VERIFICATION)).isEqualTo(new Trimmed(0, 1));
    assertThat(ledgerItems()).hasSize(10);

    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).isEqualTo(kept);
    for (Ledger.Kind kind : Ledger.Kind.values()) {
      assertThat(trimmed(kind)).isEqualTo(new Trimmed(0, 0));
    }
  }

  private Trimmed trimmed(Ledger.Kind kind) {
    return retention.trim(tenant, connection.id(), kind);
  }

  @Test
  void keepsALedgerForGood() {
    Run run = planned();
    snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run));
    ledgers.keep(connection, verification(NOW));

    clock = NOW.plus(Duration.ofDays(900));

    assertThat(ledgers.ledgers(tenant, connection.id()).ledgers()).hasSize(2);
    assertThat(ledgers.ledger(run.key())).isPresent();
    assertThat(partition())
        .filteredOn(item -> ScanKeys.isLedger(Stored.text(item, Stored.SK)))
        .hasSize(2)
        .allSatisfy(item -> assertThat(item).doesNotContainKey(Stored.TTL));
  }

  @Test
  void letsALedgerGoWithAConnectionThatNeverBecameActive() {
    Connection pending = Sample.pending(tenant);
    connections.create(pending);
    Connection stored = connections.find(tenant, pending.id(), NOW).orElseThrow();

    assertThat(ledgers.keep(stored, verification(NOW))).isEqualTo(new Written.Done());

    assertThat(ledgers.ledgers(tenant, pending.id()).ledgers()).hasSize(1);
    clock = pending.expiresAt().orElseThrow();
    assertThat(ledgers.ledgers(tenant, pending.id()).ledgers()).isEmpty();
  }

  @Test
  void keepsFailedVerificationsOnceTheConnectionIsActive() {
    Connection pending = Sample.pending(tenant);
    connections.create(pending);
    Connection stored = connections.find(tenant, pending.id(), NOW).orElseThrow();
    ledgers.keep(stored, verification(NOW));
    connections.save(stored, stored.proven(new AccountId("1".repeat(12)), PROOF));
    Connection active = connections.find(tenant, pending.id(), NOW).orElseThrow();

    ledgers.keep(active, verification(NOW.plusSeconds(60)));

    clock = pending.expiresAt().orElseThrow();
    assertThat(ledgers.ledgers(tenant, pending.id()).ledgers()).hasSize(2);
  }

  @Test
  void keepsNoVerificationOfAConnectionThatIsGoneOrOfAnotherGeneration() {
    Connection before = connection;
    change(Connection::nextGeneration);

    assertThat(ledgers.keep(before, verification(NOW))).isInstanceOf(Written.Refused.class);
    assertThat(ledgers.keep(Sample.pending(tenant), verification(NOW)))
        .isInstanceOf(Written.Refused.class);
    assertThat(partition()).isEmpty();

    Connection active = connection;
    change(now -> now.disconnected(NOW));
    assertThat(ledgers.keep(active, verification(NOW))).isInstanceOf(Written.Refused.class);
    assertThat(partition()).isEmpty();
  }

  private static List<Call> incompressible(int count) {
    byte[] random = new byte[12];
    return IntStream.range(0, count)
        .mapToObj(_ -> {
          RANDOM.nextBytes(random);
          return new Call(
              NOW,
              "us-east-1",
              "ec2",
              "DescribeInstances",
              HexFormat.of().formatHex(random) + UUID.randomUUID(),
              200,
              "",
              false,
              false);
        })
        .toList();
  }

  private List<String> ledgerItems() {
    return partition().stream()
        .map(item -> Stored.text(item, Stored.SK))
        .filter(ScanKeys::isLedger)
        .toList();
  }
}
