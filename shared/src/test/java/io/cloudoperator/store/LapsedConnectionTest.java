package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.ConnectionUpdates.Updated;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A connection that has been revoked or quarantined for thirty days, to the nanosecond. */
@ExtendWith(DeployedTables.Extension.class)
class LapsedConnectionTest {
  private static final Instant SINCE = NOW.plus(Duration.ofHours(3));
  private static final Instant END = SINCE.plus(Duration.ofDays(30));
  private static final Instant BEFORE = END.minusNanos(1);

  private final DeployedTables tables;
  private final ConnectionStore store;
  private final TenantId tenant = Sample.tenant();
  private final List<ConnectionEvent> told = new ArrayList<>();
  private Instant now = END;

  LapsedConnectionTest(DeployedTables tables) {
    this.tables = tables;
    this.store = new DynamoConnectionStore(tables.client(), tables.connections());
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsReferenceUntilThen(SuspendedConnectionTest.Suspension suspension) {
    Connection suspended = suspended(suspension);

    assertThat(store.find(tenant, suspended.id(), BEFORE)).contains(suspended);
    assertThat(suspended.lapsesAt()).contains(END);
    assertThat(lapsed(BEFORE)).doesNotContain(suspended.id());
  }

  @ParameterizedTest
  @EnumSource
  void isDisconnectedForReadersFromThenOn(SuspendedConnectionTest.Suspension suspension) {
    Connection suspended = suspended(suspension);

    Connection read = store.find(tenant, suspended.id(), END).orElseThrow();

    assertThat(read.status()).isEqualTo(ConnectionStatus.DISCONNECTED);
    assertThat(read.reference()).isEmpty();
    assertThat(read.disconnectedAt()).contains(END);
    assertThat(read.suspendedAt()).contains(SINCE);
    assertThat(read.lapsesAt()).isEmpty();
    assertThat(read.schedule()).isEqualTo(Schedule.OFF);
    assertThat(read.generation()).isEqualTo(suspended.generation() + 1);
    assertThat(store.list(tenant, 10, Optional.empty(), END).connections()).containsExactly(read);
    assertThat(lapsed(END)).contains(suspended.id());
  }

  /** Whatever the change is, even none: the first one deletes the reference. */
  @ParameterizedTest
  @EnumSource
  void losesItsReferenceByAnyChange(SuspendedConnectionTest.Suspension suspension) {
    Connection suspended = suspended(suspension);
    Connection expected = store.find(tenant, suspended.id(), END).orElseThrow();

    Updated updated = updates().change(tenant, suspended.id(), UnaryOperator.identity());

    assertThat(updated).isEqualTo(new Updated.Saved(expected));
    assertThat(item(suspended))
        .doesNotContainKeys("dataKey", "nonce", "ciphertext", "suspendedAt", "dueBucket")
        .containsEntry("status", AttributeValue.fromS("disconnected"))
        .containsEntry("lapsedSince", Stored.time(SINCE));
    assertThat(store.stored(tenant, suspended.id()))
        .contains(expected.atVersion(suspended.version() + 1));
    assertThat(lapsed(END.plus(Duration.ofDays(1)))).doesNotContain(suspended.id());
    assertThat(told).extracting(ConnectionEvent::kind).containsExactly(ConnectionEvent.Kind.LAPSED);
  }

  @Test
  void changesNothingBeforeThen() {
    Connection suspended = suspended(SuspendedConnectionTest.Suspension.REVOKED);
    now = BEFORE;

    updates().change(tenant, suspended.id(), UnaryOperator.identity());

    assertThat(store.stored(tenant, suspended.id())).contains(suspended);
    assertThat(told).isEmpty();
  }

  @Test
  void showsAChangeThatItIsDisconnected() {
    Connection suspended = suspended(SuspendedConnectionTest.Suspension.REVOKED);
    List<ConnectionStatus> seen = new ArrayList<>();

    updates()
        .change(
            tenant,
            suspended.id(),
            current -> {
              seen.add(current.status());
              return current.nextGeneration();
            });

    assertThat(seen).containsExactly(ConnectionStatus.DISCONNECTED);
    assertThat(store.stored(tenant, suspended.id()).orElseThrow().generation())
        .isEqualTo(suspended.generation() + 2);
    assertThat(item(suspended)).doesNotContainKey("ciphertext");
  }

  @Test
  void freesItsAccount() {
    Connection suspended = suspended(SuspendedConnectionTest.Suspension.REVOKED);
    Connection other = Sample.pending(tenant);
    store.create(other);
    assertThat(store.save(other, other.proven(ACCOUNT, PROOF))).isEqualTo(Saved.ACCOUNT_TAKEN);

    updates().change(tenant, suspended.id(), UnaryOperator.identity());

    assertThat(store.save(other, other.proven(ACCOUNT, PROOF))).isEqualTo(Saved.SAVED);
    assertThat(
            tables
                .client()
                .getItem(get ->
                    get.tableName(tables.connections())
                        .key(AccountClaim.key(tenant, ACCOUNT.value())))
                .item())
        .containsEntry("holder", Stored.text(other.id().value()));
  }

  /** The role came back on the last day: nothing is counted any more. */
  @ParameterizedTest
  @EnumSource
  void lapsesNoMoreOnceItIsProven(SuspendedConnectionTest.Suspension suspension) {
    Connection suspended = suspended(suspension);
    now = BEFORE;
    Proof anew = new Proof(BEFORE, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());

    assertThat(updates().proven(suspended, anew)).isPresent();

    Connection later =
        store.find(tenant, suspended.id(), END.plus(Duration.ofDays(400))).orElseThrow();
    assertThat(later.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(later.reference()).isEqualTo(suspended.reference());
    assertThat(later.lapsesAt()).isEmpty();
    assertThat(lapsed(END.plus(Duration.ofDays(400)))).doesNotContain(suspended.id());
  }

  /** A scan that began on the last day proves the role a moment too late. */
  @Test
  void takesNoProofThatComesTooLate() {
    Connection suspended = suspended(SuspendedConnectionTest.Suspension.REVOKED);
    Proof late = new Proof(END, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());

    assertThat(updates().proven(suspended, late)).isEmpty();

    assertThat(store.stored(tenant, suspended.id()).orElseThrow().status())
        .isEqualTo(ConnectionStatus.DISCONNECTED);
  }

  /** A sweep that saw it suspended comes after the proof. */
  @Test
  void deletesNothingThatWasProvenSinceItWasSeen() {
    Connection suspended = suspended(SuspendedConnectionTest.Suspension.REVOKED);
    Connection proven = saved(suspended, suspended.proven(ACCOUNT, PROOF));

    assertThat(store.save(suspended, suspended.asOf(END))).isEqualTo(Saved.CHANGED_MEANWHILE);
    updates().change(tenant, suspended.id(), UnaryOperator.identity());

    assertThat(store.stored(tenant, suspended.id())).contains(proven);
  }

  @Test
  void namesThoseThatLapsedAndNoMoreThanAskedFor() {
    Connection revoked = suspended(SuspendedConnectionTest.Suspension.REVOKED);
    Connection quarantined =
        suspended(SuspendedConnectionTest.Suspension.QUARANTINED, Sample.tenant());

    assertThat(lapsed(END)).contains(revoked.id(), quarantined.id());
    assertThat(store.lapsed(END, 1)).hasSize(1);
    assertThat(store.lapsed(END, 500))
        .filteredOn(each -> each.id().equals(revoked.id()))
        .containsExactly(revoked);
  }

  @Test
  void tellsNothingOfOneThatItsOwnerDisconnects() {
    Connection suspended = suspended(SuspendedConnectionTest.Suspension.REVOKED);
    now = BEFORE;

    updates().change(tenant, suspended.id(), current -> current.disconnected(now));

    assertThat(told).isEmpty();
    assertThat(item(suspended)).doesNotContainKeys("lapsedSince", "suspendedAt");
  }

  /** The golden file of the attribute that earlier releases do not look at. */
  @Test
  void isReadAsItWasWritten() {
    GoldenFiles.items("v1-lapsed/connection.json")
        .forEach(
            item -> tables.client().putItem(put -> put.tableName(tables.connections()).item(item)));

    Connection golden =
        store
            .stored(
                new TenantId("globex"), new ConnectionId("con-00000000000000000000000000000007"))
            .orElseThrow();

    assertThat(golden.status()).isEqualTo(ConnectionStatus.DISCONNECTED);
    assertThat(golden.suspendedAt()).contains(Instant.parse("2026-11-22T10:00:30.123456789Z"));
    assertThat(golden.disconnectedAt()).contains(Instant.parse("2026-12-22T10:00:30.123456789Z"));
    assertThat(golden.reference()).isEmpty();
    assertThat(golden.lapsesAt()).isEmpty();
  }

  private ConnectionUpdates updates() {
    return new ConnectionUpdates(
        store,
        (before, after) -> ConnectionEvent.of(before, after, now).ifPresent(told::add),
        () -> now);
  }

  private List<ConnectionId> lapsed(Instant at) {
    return store.lapsed(at, 500).stream().map(Connection::id).toList();
  }

  private Connection suspended(SuspendedConnectionTest.Suspension suspension) {
    return suspended(suspension, tenant);
  }

  private Connection suspended(SuspendedConnectionTest.Suspension suspension, TenantId of) {
    Connection pending = Sample.pending(of);
    store.create(pending);
    Connection active =
        saved(pending, pending.proven(ACCOUNT, PROOF).scheduled(Schedule.DAILY, NOW));
    return saved(active, suspension.of(active));
  }

  private Connection saved(Connection before, Connection after) {
    assertThat(store.save(before, after)).isEqualTo(Saved.SAVED);
    return store.stored(after.tenant(), after.id()).orElseThrow();
  }

  private Map<String, AttributeValue> item(Connection connection) {
    return tables
        .client()
        .getItem(get ->
            get.tableName(tables.connections())
                .key(Stored.key(connection.tenant().value(), connection.id().value()))
                .consistentRead(true))
        .item();
  }
}
