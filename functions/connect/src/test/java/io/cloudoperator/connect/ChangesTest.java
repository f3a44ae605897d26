package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.runtime.Announcements;
import io.cloudoperator.runtime.Telemetry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId ID = new ConnectionId("con-00000000000000000000000000000001");

  private final Time time = new Time();

  private Changes changes(ConnectionStore store) {
    return new Changes(store, new Announcements(new Heard(), time, Telemetry.logsOnly()), time);
  }

  @Test
  void triesAgainWhenAnotherChangeComesFirst() {
    Contested store = new Contested(2);

    changes(store).change(TENANT, ID, Connection::nextGeneration);

    assertThat(store.kept.generation()).isEqualTo(1);
  }

  @Test
  void givesUpWhenOthersAlwaysComeFirst() {
    Contested store = new Contested(Integer.MAX_VALUE);
    Changes changes = changes(store);

    assertThatThrownBy(() -> changes.change(TENANT, ID, Connection::nextGeneration))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(409);
              assertThat(refused.problem().more()).containsEntry("retryable", true);
            });
    assertThat(store.kept.generation()).isZero();
  }

  @Test
  void writesNothingWhenNothingChanges() {
    Contested store = new Contested(Integer.MAX_VALUE);

    assertThat(changes(store).change(TENANT, ID, connection -> connection)).isEqualTo(store.kept);
  }

  @Test
  void deletesNothingThatIsNotLikeThatAnyMore() {
    Changes changes = changes(new Contested(0));

    assertThat(changes.deleteWhile(TENANT, ID, _ -> false)).isFalse();
  }

  /** One connection that others change first, this many times. */
  private static final class Contested implements ConnectionStore {
    private int others;
    private Connection kept =
        Connection.pending(
            TENANT,
            ID,
            "Production",
            Tier.MINIMAL,
            new SealedReference("a2V5", "bm9uY2U=", "c2VhbGVk"),
            Instant.parse("2026-11-22T12:00:00Z"));

    Contested(int others) {
      this.others = others;
    }

    @Override
    public Saved save(Connection before, Connection after) {
      if (others-- > 0) {
        return Saved.CHANGED_MEANWHILE;
      }
      kept = after;
      return Saved.SAVED;
    }

    @Override
    public Optional<Connection> find(TenantId tenant, ConnectionId id, Instant now) {
      return Optional.of(kept);
    }

    @Override
    public boolean delete(Connection connection) {
      throw new AssertionError("nothing is to be deleted");
    }

    @Override
    public void create(Connection connection) {
      throw new AssertionError("nothing is to be created");
    }

    @Override
    public Page list(TenantId tenant, int limit, Optional<ConnectionId> after, Instant now) {
      throw new AssertionError("nothing is to be listed");
    }

    @Override
    public List<Connection> due(Instant now, int limit) {
      throw new AssertionError("nothing is due");
    }

    @Override
    public int freeClaims(TenantId tenant) {
      throw new AssertionError("no claim is to be freed");
    }
  }
}
