package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.stored.UnreadableItems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of a connection that was revoked or quarantined, and what it may still begin. */
@ExtendWith(DeployedTables.Extension.class)
class SuspendedConnectionTest {
  private static final Instant LATER = NOW.plus(Duration.ofHours(3));
  private static final Duration DAY = Duration.ofDays(1);

  private final ConnectionStore store;
  private final RunStore runs;
  private final TenantId tenant = Sample.tenant();

  SuspendedConnectionTest(DeployedTables tables) {
    store = new DynamoConnectionStore(tables.client(), tables.connections());
    runs = new DynamoRunStore(tables.scanTables(() -> LATER, UnreadableItems.IGNORED));
  }

  enum Suspension {
    REVOKED {
      @Override
      Connection of(Connection active) {
        return active.revoked(LATER);
      }
    },
    QUARANTINED {
      @Override
      Connection of(Connection active) {
        return active.quarantined(
            new Proof(LATER, Proof.Verdict.CONFUSED_DEPUTY, ProofPolicy.REQUIRE, List.of()));
      }
    };

    abstract Connection of(Connection active);
  }

  @ParameterizedTest
  @EnumSource
  void keepsReferenceAccountAndScheduleWhileNothingIsDue(Suspension suspension) {
    Connection active = active(Schedule.DAILY);

    Connection suspended = saved(active, suspension.of(active));

    assertThat(suspended.status().name()).isEqualTo(suspension.name());
    assertThat(suspended.suspendedAt()).contains(LATER);
    assertThat(suspended.reference()).isEqualTo(active.reference());
    assertThat(suspended.account()).contains(ACCOUNT);
    assertThat(suspended.schedule()).isEqualTo(Schedule.DAILY);
    assertThat(suspended.nextScanAt()).isEmpty();
    assertThat(store.due(NOW.plus(DAY.multipliedBy(400)), 500))
        .extracting(Connection::id)
        .doesNotContain(suspended.id());
  }

  @ParameterizedTest
  @EnumSource
  void keepsOtherConnectionsFromItsAccount(Suspension suspension) {
    Connection active = active(Schedule.OFF);
    saved(active, suspension.of(active));
    Connection other = Sample.pending(tenant);
    store.create(other);

    assertThat(store.save(other, other.proven(ACCOUNT, PROOF))).isEqualTo(Saved.ACCOUNT_TAKEN);
  }

  @ParameterizedTest
  @EnumSource
  void freesItsAccountOnceItIsDisconnected(Suspension suspension) {
    Connection active = active(Schedule.DAILY);
    Connection suspended = saved(active, suspension.of(active));
    Connection disconnected = saved(suspended, suspended.disconnected(LATER));
    Connection other = Sample.pending(tenant);
    store.create(other);

    assertThat(disconnected.suspendedAt()).isEmpty();
    assertThat(store.save(other, other.proven(ACCOUNT, PROOF))).isEqualTo(Saved.SAVED);
  }

  @ParameterizedTest
  @EnumSource
  void isDueAgainAnIntervalAfterItsNewProof(Suspension suspension) {
    Connection active = active(Schedule.DAILY);
    Connection suspended = saved(active, suspension.of(active));
    Proof anew = new Proof(LATER, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());

    Connection restored = saved(suspended, suspended.proven(ACCOUNT, anew));

    assertThat(restored.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(restored.suspendedAt()).isEmpty();
    assertThat(restored.nextScanAt()).contains(LATER.plus(DAY));
  }

  @ParameterizedTest
  @EnumSource
  void takesAScheduleForWhenItIsActiveAgain(Suspension suspension) {
    Connection active = active(Schedule.OFF);
    Connection suspended = saved(active, suspension.of(active));

    Connection scheduled = saved(suspended, suspended.scheduled(Schedule.HOURLY, LATER));

    assertThat(scheduled.nextScanAt()).isEmpty();
    assertThat(scheduled.proven(ACCOUNT, PROOF).nextScanAt())
        .contains(PROOF.at().plus(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @EnumSource
  void mayBeScannedOnDemandOnly(Suspension suspension) {
    Connection active = active(Schedule.OFF);
    Connection suspended = saved(active, suspension.of(active));

    assertThat(begin(suspended, Run.Trigger.SCHEDULE)).isInstanceOf(RunStore.Begun.NotActive.class);
    assertThat(begin(suspended, Run.Trigger.ON_DEMAND)).isInstanceOf(RunStore.Begun.Started.class);
  }

  @ParameterizedTest
  @EnumSource
  void cannotBePlannedBeforeItIsActiveAgain(Suspension suspension) {
    Connection active = active(Schedule.OFF);
    Connection suspended = saved(active, suspension.of(active));
    Run run = run(suspended, Run.Trigger.ON_DEMAND);
    runs.begin(suspended, run, Optional.empty(), LATER);

    assertThat(runs.keepPlan(run, Sample.plan())).isInstanceOf(Written.Refused.class);

    saved(suspended, suspended.proven(ACCOUNT, PROOF));

    assertThat(runs.keepPlan(run, Sample.plan())).isEqualTo(new Written.Done());
  }

  @Test
  void saysSinceWhenItHasBeenRevokedHoweverOftenThatIsSeen() {
    Connection revoked = active(Schedule.OFF).revoked(NOW);

    assertThat(revoked.revoked(LATER)).isEqualTo(revoked);
  }

  private RunStore.Begun begin(Connection connection, Run.Trigger trigger) {
    return runs.begin(connection, run(connection, trigger), Optional.empty(), LATER);
  }

  private static Run run(Connection connection, Run.Trigger trigger) {
    ScanKey key =
        new ScanKey(connection.tenant(), connection.id(), ScanId.at(LATER, Sample.RANDOM));
    return Run.begin(key, connection.generation(), trigger, LATER);
  }

  private Connection active(Schedule schedule) {
    Connection pending = Sample.pending(tenant);
    store.create(pending);
    return saved(pending, pending.proven(ACCOUNT, PROOF).scheduled(schedule, NOW));
  }

  private Connection saved(Connection before, Connection after) {
    assertThat(store.save(before, after)).isEqualTo(Saved.SAVED);
    return store.find(tenant, after.id(), NOW).orElseThrow();
  }
}
