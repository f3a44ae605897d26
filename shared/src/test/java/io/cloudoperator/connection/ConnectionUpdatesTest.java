package io.cloudoperator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.ConnectionUpdates.Updated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ConnectionUpdatesTest {
  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
  private static final AccountId ACCOUNT = new AccountId("444455556666");
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId ID = new ConnectionId("con-00000000000000000000000000000001");
  private static final Connection PENDING =
      Connection.pending(TENANT, ID, "production", Tier.MINIMAL, reference("text"), NOW);
  private static final Connection ACTIVE = PENDING.proven(ACCOUNT, proof(NOW));

  private final OneConnection store = new OneConnection();
  private final List<Connection> published = new ArrayList<>();
  private Instant now = NOW;
  private final ConnectionUpdates updates =
      new ConnectionUpdates(store, (_, after) -> published.add(after), () -> now);

  private static SealedReference reference(String text) {
    return new SealedReference("key", "nonce", text);
  }

  private static Proof proof(Instant at) {
    return new Proof(at, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());
  }

  @Test
  void publishesAChangeThatIsSavedOnceAndNoneWhereNothingChanges() {
    store.holds(ACTIVE);

    assertThat(updates.change(TENANT, ID, Connection::nextGeneration))
        .isEqualTo(new Updated.Saved(ACTIVE.nextGeneration()));
    assertThat(updates.change(TENANT, ID, UnaryOperator.identity()))
        .isEqualTo(new Updated.Saved(ACTIVE.nextGeneration()));

    assertThat(published).containsExactly(ACTIVE.nextGeneration());
    assertThat(store.saves).isEqualTo(1);
  }

  @Test
  void makesAChangeAgainOnWhatTheOneBeforeItLeft() {
    store.holds(ACTIVE);
    store.meanwhile.add(ACTIVE.scheduled(Schedule.DAILY, NOW));

    Connection both = ACTIVE.scheduled(Schedule.DAILY, NOW).nextGeneration();
    assertThat(updates.change(TENANT, ID, Connection::nextGeneration))
        .isEqualTo(new Updated.Saved(both));
    assertThat(published).containsExactly(both);
  }

  @Test
  void triesFourTimesInAll() {
    store.holds(ACTIVE);
    store.meanwhile.addAll(List.of(ACTIVE, ACTIVE, ACTIVE));
    assertThat(updates.change(TENANT, ID, Connection::nextGeneration))
        .isInstanceOf(Updated.Saved.class);

    store.holds(ACTIVE);
    store.meanwhile.addAll(List.of(ACTIVE, ACTIVE, ACTIVE, ACTIVE));
    assertThat(updates.change(TENANT, ID, Connection::nextGeneration))
        .isEqualTo(new Updated.Contended());
    assertThat(published).hasSize(1);
  }

  @Test
  void findsNoneThatIsNotThereAnyMoreOrHasExpired() {
    assertThat(updates.change(TENANT, ID, Connection::nextGeneration))
        .isEqualTo(new Updated.Missing());

    store.holds(PENDING);
    now = NOW.plus(Connection.PENDING_FOR);
    assertThat(updates.change(TENANT, ID, Connection::nextGeneration))
        .isEqualTo(new Updated.Missing());

    now = NOW;
    store.deletedMeanwhile = true;
    assertThat(updates.change(TENANT, ID, Connection::nextGeneration))
        .isEqualTo(new Updated.Missing());
  }

  @Test
  void findsOneAsItIsByNowAndNoneThatHasExpired() {
    store.holds(PENDING);
    Instant end = NOW.plus(Connection.PENDING_FOR);
    assertThat(store.find(TENANT, ID, end.minusNanos(1))).contains(PENDING);
    assertThat(store.find(TENANT, ID, end)).isEmpty();

    Connection revoked = ACTIVE.revoked(NOW);
    store.holds(revoked);
    Instant lapsed = NOW.plus(Connection.SUSPENDED_FOR);
    assertThat(store.find(TENANT, ID, lapsed)).contains(revoked.asOf(lapsed));
  }

  @Test
  void saysWhereAnotherConnectionHasTheAccount() {
    store.holds(PENDING);
    store.taken = true;

    assertThat(updates.change(TENANT, ID, before -> before.proven(ACCOUNT, proof(NOW))))
        .isEqualTo(new Updated.AccountTaken(ACTIVE));
    assertThat(updates.proven(ACTIVE, proof(NOW.plusSeconds(1)))).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void disconnectsOneThatHasLapsedByAnyChange() {
    Connection revoked = ACTIVE.revoked(NOW);
    store.holds(revoked);
    now = NOW.plus(Connection.SUSPENDED_FOR);

    updates.change(TENANT, ID, UnaryOperator.identity());

    assertThat(store.kept.orElseThrow().status()).isEqualTo(ConnectionStatus.DISCONNECTED);
  }

  @Test
  void letsANewerProofStand() {
    Instant between = NOW.plusMillis(1);
    Instant later = NOW.plusSeconds(1);
    Connection proven = ACTIVE.proven(ACCOUNT, proof(later));
    store.holds(proven);

    assertThat(updates.proven(ACTIVE, proof(between))).contains(proven);
    assertThat(updates.quarantined(ACTIVE, proof(between))).contains(proven);
    assertThat(updates.revoked(ACTIVE, NOW.plus(Duration.ofHours(1)))).contains(proven);
    assertThat(store.saves).isZero();

    assertThat(updates.proven(proven, proof(later.plusSeconds(1))).flatMap(Connection::proof))
        .contains(proof(later.plusSeconds(1)));
  }

  @Test
  void revokesAndQuarantinesTheRoleThatWasSeen() {
    store.holds(ACTIVE);
    assertThat(updates.revoked(ACTIVE, NOW)).contains(ACTIVE.revoked(NOW));

    store.holds(ACTIVE);
    assertThat(updates.quarantined(ACTIVE, proof(NOW))).contains(ACTIVE.quarantined(proof(NOW)));
  }

  @Test
  void leavesAConnectionAloneThatHasAnotherRoleByNow() {
    Connection other = ACTIVE.withReference(reference("other"));
    store.holds(other);

    assertThat(updates.revoked(ACTIVE, NOW)).isEmpty();
    assertThat(updates.proven(ACTIVE, proof(NOW.plusSeconds(1)))).isEmpty();
    assertThat(store.kept).contains(other);
  }

  /** A store of one connection, which others change in between as often as is said. */
  private static final class OneConnection implements ConnectionStore {
    private final List<Connection> meanwhile = new ArrayList<>();
    private Optional<Connection> kept = Optional.empty();
    private boolean deletedMeanwhile;
    private boolean taken;
    private int saves;

    void holds(Connection connection) {
      kept = Optional.of(connection);
      meanwhile.clear();
    }

    @Override
    public Optional<Connection> stored(TenantId tenant, ConnectionId id) {
      return kept;
    }

    @Override
    public Saved save(Connection before, Connection after) {
      if (taken) {
        return Saved.ACCOUNT_TAKEN;
      }
      if (deletedMeanwhile) {
        kept = Optional.empty();
        return Saved.CHANGED_MEANWHILE;
      }
      if (!meanwhile.isEmpty()) {
        kept = Optional.of(meanwhile.removeFirst());
        return Saved.CHANGED_MEANWHILE;
      }
      if (!kept.equals(Optional.of(before))) {
        return Saved.CHANGED_MEANWHILE;
      }
      saves++;
      kept = Optional.of(after);
      return Saved.SAVED;
    }

    @Override
    public void create(Connection connection) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page list(TenantId tenant, int limit, Optional<ConnectionId> after, Instant at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Connection> due(Instant at, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Connection> lapsed(Instant at, int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
