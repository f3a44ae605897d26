package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static io.cloudoperator.store.Sample.RESEALED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionStore.Page;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(DeployedTables.Extension.class)
class DynamoConnectionStoreTest {
  private static final Instant EXPIRY = NOW.plus(Connection.PENDING_FOR);

  private final DeployedTables tables;
  private final ConnectionStore store;
  private TenantId tenant = Sample.tenant();

  DynamoConnectionStoreTest(DeployedTables tables) {
    this.tables = tables;
    this.store = new DynamoConnectionStore(tables.client(), tables.connections());
  }

  @Test
  void findsAPendingConnectionAsItWasCreated() {
    Connection pending = created();

    assertThat(store.find(tenant, pending.id(), NOW)).contains(pending);
  }

  @Test
  void findsAnActiveScheduledConnectionAsItWasSaved() {
    Connection pending = created();
    Connection active = pending.proven(ACCOUNT, PROOF).scheduled(Schedule.DAILY, NOW);

    assertThat(store.save(pending, active)).isEqualTo(Saved.SAVED);

    assertThat(reread(pending))
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(active);
  }

  @Test
  void refusesToCreateOneIdTwice() {
    Connection pending = created();

    assertThatThrownBy(() -> store.create(pending)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesToCreateWhatIsNotPending() {
    Connection active = Sample.pending(tenant).proven(ACCOUNT, PROOF);

    assertThatThrownBy(() -> store.create(active)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNoConnectionToAnotherTenant() {
    Connection pending = created();
    TenantId other = Sample.tenant();

    assertThat(store.find(other, pending.id(), NOW)).isEmpty();
    assertThat(store.list(other, 10, Optional.empty(), NOW).connections()).isEmpty();
  }

  @Test
  void forgetsAPendingConnectionAtTheInstantOfItsExpiry() {
    Connection pending = created();

    assertThat(store.find(tenant, pending.id(), EXPIRY.minusNanos(1))).isPresent();
    assertThat(store.find(tenant, pending.id(), EXPIRY)).isEmpty();
    assertThat(store.list(tenant, 10, Optional.empty(), EXPIRY).connections()).isEmpty();
  }

  @Test
  void letsDynamoDbDeleteAPendingConnectionAndNeverAnActiveOne() {
    Connection pending = created();
    assertThat(item(pending)).containsEntry("ttl", Stored.number(EXPIRY.getEpochSecond()));

    activate(pending);

    assertThat(item(pending)).doesNotContainKeys("ttl", "expiresAt");
  }

  @Test
  void listsPagesInTheOrderOfIdsWithoutTheExpired() {
    List<ConnectionId> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Connection pending = created();
      if (i < 5) {
        activate(pending, account(i));
        ids.add(pending.id());
      }
    }
    ids.sort(Comparator.comparing(ConnectionId::value));

    Page first = store.list(tenant, 2, Optional.empty(), EXPIRY);
    Page second = store.list(tenant, 2, first.next(), EXPIRY);
    Page last = store.list(tenant, 2, second.next(), EXPIRY);

    assertThat(Stream.of(first, second, last).map(DynamoConnectionStoreTest::ids))
        .containsExactly(ids.subList(0, 2), ids.subList(2, 4), ids.subList(4, 5));
    assertThat(last.next()).isEmpty();
  }

  @Test
  void namesNoPageAfterALastOneThatIsFull() {
    created();
    created();

    assertThat(store.list(tenant, 2, Optional.empty(), NOW).next()).isEmpty();
  }

  @Test
  void refusesAChangeOfAnOutdatedCopy() {
    Connection outdated = created();
    activate(outdated);

    assertThat(store.save(outdated, outdated.withReference(RESEALED)))
        .isEqualTo(Saved.CHANGED_MEANWHILE);
    assertThat(store.save(outdated, outdated.proven(ACCOUNT, PROOF)))
        .isEqualTo(Saved.CHANGED_MEANWHILE);
    assertThat(reread(outdated).reference()).contains(Sample.SEALED);
  }

  @Test
  void savesNothingOfAConnectionThatIsGone() {
    Connection pending = created();
    lose(pending);

    assertThat(store.save(pending, pending.withReference(RESEALED)))
        .isEqualTo(Saved.CHANGED_MEANWHILE);
    assertThat(store.save(pending, pending.proven(ACCOUNT, PROOF)))
        .isEqualTo(Saved.CHANGED_MEANWHILE);
    assertThat(store.find(tenant, pending.id(), NOW)).isEmpty();
  }

  @Test
  void letsOneOfManyChangesAtOnceWin() throws Exception {
    Connection pending = created();

    List<Saved> outcomes = AtOnce.run(8, _ -> store.save(pending, pending.withReference(RESEALED)));

    assertThat(outcomes).filteredOn(Saved.SAVED::equals).hasSize(1);
    assertThat(outcomes).filteredOn(Saved.CHANGED_MEANWHILE::equals).hasSize(7);
  }

  @Test
  void givesAnAccountToOneConnectionOnly() {
    activate(created());
    Connection second = created();

    assertThat(store.save(second, second.proven(ACCOUNT, PROOF))).isEqualTo(Saved.ACCOUNT_TAKEN);

    assertThat(reread(second)).isEqualTo(second);
  }

  @Test
  void givesAnAccountThatManyClaimAtOnceToOneOfThem() throws Exception {
    List<Connection> pending = IntStream.range(0, 6).mapToObj(_ -> created()).toList();

    List<Saved> outcomes =
        AtOnce.run(6, i -> store.save(pending.get(i), pending.get(i).proven(ACCOUNT, PROOF)));

    assertThat(outcomes).filteredOn(Saved.SAVED::equals).hasSize(1);
    assertThat(store.list(tenant, 10, Optional.empty(), NOW).connections())
        .filteredOn(connection -> connection.account().isPresent())
        .hasSize(1);
  }

  @Test
  void givesAnAccountToEachTenantThatProvesIt() {
    activate(created());
    Connection ofAnother = Sample.pending(Sample.tenant());
    store.create(ofAnother);

    assertThat(store.save(ofAnother, ofAnother.proven(ACCOUNT, PROOF))).isEqualTo(Saved.SAVED);
  }

  @Test
  void keepsItsAccountWhenProvenAgain() {
    Connection active = activate(created());

    assertThat(store.save(active, active.proven(ACCOUNT, PROOF))).isEqualTo(Saved.SAVED);
  }

  @Test
  void freesTheAccountOnDisconnect() {
    Connection first = activate(created());
    assertThat(store.save(first, first.disconnected(NOW))).isEqualTo(Saved.SAVED);
    Connection second = created();

    assertThat(store.save(second, second.proven(ACCOUNT, PROOF))).isEqualTo(Saved.SAVED);
  }

  @Test
  void leavesNoClaimBehind() {
    String claim = "account#" + ACCOUNT.value();
    Connection first = activate(created());
    assertThat(item(claim)).isNotEmpty();
    store.save(first, first.disconnected(NOW));
    assertThat(item(claim)).isEmpty();
  }

  @Test
  void freesTheAccountThatItChangesForAnother() {
    Connection first = activate(created());
    assertThat(store.save(first, first.proven(account(1), PROOF))).isEqualTo(Saved.SAVED);

    activate(created());
    Connection third = created();
    assertThat(store.save(third, third.proven(account(1), PROOF))).isEqualTo(Saved.ACCOUNT_TAKEN);
  }

  @Test
  void takesOverAClaimWhoseConnectionIsGone() {
    Connection holder = activate(created());
    lose(holder);
    Connection second = created();

    assertThat(store.save(second, second.proven(ACCOUNT, PROOF))).isEqualTo(Saved.SAVED);

    Connection third = created();
    assertThat(store.save(third, third.proven(ACCOUNT, PROOF))).isEqualTo(Saved.ACCOUNT_TAKEN);
  }

  @Test
  void deletesTheRoleReferenceOnDisconnect() {
    Connection active = activate(created());

    store.save(active, active.disconnected(NOW));

    assertThat(item(active)).doesNotContainKeys("dataKey", "nonce", "ciphertext");
    assertThat(reread(active).reference()).isEmpty();
  }

  @Test
  void namesWhatIsDueLongestFirst() {
    Connection second = scheduled(NOW.minus(Duration.ofHours(1)), account(1));
    scheduled(NOW.plusNanos(1), account(2));
    Connection first = scheduled(NOW.minus(Duration.ofHours(2)), account(3));
    Connection third = scheduled(NOW, account(4));

    assertThat(due(NOW)).containsExactly(first.id(), second.id(), third.id());
  }

  @Test
  void ordersWhatIsDueByTheFractionOfASecondToo() {
    Instant second = Instant.parse("2026-11-22T09:00:00Z");
    Connection later = scheduled(second.plusMillis(500), account(1));
    Connection sooner = scheduled(second, account(2));

    assertThat(due(second.plusMillis(500))).containsExactly(sooner.id(), later.id());
    assertThat(due(second.plusMillis(499))).containsExactly(sooner.id());
  }

  @Test
  void isDueNoMoreOnceClaimedDisconnectedOrOff() {
    Connection claimed = scheduled(NOW, account(1));
    Connection disconnected = scheduled(NOW, account(2));
    Connection off = scheduled(NOW, account(3));

    store.save(claimed, claimed.claimed(NOW));
    store.save(disconnected, disconnected.disconnected(NOW));
    store.save(off, off.scheduled(Schedule.OFF, NOW));

    assertThat(due(NOW)).isEmpty();
  }

  @Test
  void namesNoMoreThanAskedFor() {
    for (int i = 0; i < 6; i++) {
      scheduled(Instant.EPOCH.plusSeconds(i), account(i));
    }

    List<Connection> due = store.due(Instant.EPOCH.plus(Duration.ofDays(1)), 4);

    assertThat(due).hasSize(4);
  }

  @Test
  void givesEachTenantATurnHoweverManyAreDueOfAnother() {
    TenantId many = tenant;
    for (int i = 0; i < 6; i++) {
      scheduled(Instant.EPOCH.plusSeconds(i), account(i));
    }
    tenant = new TenantId(many.value() + "-few");
    Connection one = scheduled(Instant.EPOCH.plusSeconds(60), account(1));

    assertThat(store.due(Instant.EPOCH.plus(Duration.ofDays(1)), 4))
        .extracting(Connection::id)
        .contains(one.id());
  }

  /** Deletes the record alone. */
  private void lose(Connection connection) {
    tables
        .client()
        .deleteItem(request ->
            request
                .tableName(tables.connections())
                .key(Stored.key(tenant.value(), connection.id().value())));
  }

  private List<ConnectionId> due(Instant now) {
    return store.due(now, 100).stream()
        .filter(connection -> connection.tenant().equals(tenant))
        .map(Connection::id)
        .toList();
  }

  private Connection created() {
    Connection pending = Sample.pending(tenant);
    store.create(pending);
    return pending;
  }

  private Connection activate(Connection pending) {
    return activate(pending, ACCOUNT);
  }

  private Connection activate(Connection pending, AccountId account) {
    assertThat(store.save(pending, pending.proven(account, PROOF))).isEqualTo(Saved.SAVED);
    return reread(pending);
  }

  private Connection scheduled(Instant due, AccountId account) {
    Connection active = activate(created(), account);
    Connection scheduled = active.scheduled(Schedule.HOURLY, due.minus(Duration.ofHours(1)));
    assertThat(store.save(active, scheduled)).isEqualTo(Saved.SAVED);
    return reread(active);
  }

  private Connection reread(Connection connection) {
    return store.find(tenant, connection.id(), NOW).orElseThrow();
  }

  private Map<String, AttributeValue> item(Connection connection) {
    return item(connection.id().value());
  }

  private Map<String, AttributeValue> item(String sk) {
    return tables
        .client()
        .getItem(
            request -> request.tableName(tables.connections()).key(Stored.key(tenant.value(), sk)))
        .item();
  }

  private static AccountId account(int number) {
    return new AccountId("%012d".formatted(number));
  }

  private static List<ConnectionId> ids(Page page) {
    return page.connections().stream().map(Connection::id).toList();
  }
}
