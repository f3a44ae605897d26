package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionEditorTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId ID = new ConnectionId("con-00000000000000000000000000000001");

  private final Time time = new Time();
  private final AtomicInteger saved = new AtomicInteger();

  private ConnectionEditor connections(ConnectionStore store) {
    return new ConnectionEditor(
        store, new ConnectionUpdates(store, (_, _) -> saved.incrementAndGet(), time), time);
  }

  @Test
  void triesAgainWhenAnotherChangeComesFirst() {
    Contested store = new Contested(2);

    connections(store).change(TENANT, ID, Connection::nextGeneration);

    assertThat(store.kept.generation()).isEqualTo(1);
    assertThat(saved).hasValue(1);
  }

  @Test
  void givesUpWhenOthersAlwaysComeFirst() {
    Contested store = new Contested(Integer.MAX_VALUE);
    ConnectionEditor connections = connections(store);

    assertThatThrownBy(() -> connections.change(TENANT, ID, Connection::nextGeneration))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().code().status()).isEqualTo(409);
              assertThat(refused.problem().members()).containsEntry("retryable", true);
            });
    assertThat(store.kept.generation()).isZero();
  }

  @Test
  void writesNothingWhenNothingChanges() {
    Contested store = new Contested(Integer.MAX_VALUE);

    assertThat(connections(store).change(TENANT, ID, connection -> connection))
        .isEqualTo(store.kept);
  }

  @Test
  void publishesNothingThatWasNotSaved() {
    Contested store = new Contested(Integer.MAX_VALUE);

    assertThatThrownBy(() -> connections(store).change(TENANT, ID, Connection::nextGeneration))
        .isInstanceOf(ProblemException.class);

    assertThat(saved).hasValue(0);
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
            Instant.parse("2076-11-22T12:00:00Z"));

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
    public Optional<Connection> stored(TenantId tenant, ConnectionId id) {
      return Optional.of(kept);
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
    public List<Connection> lapsed(Instant now, int limit) {
      throw new AssertionError("nothing has lapsed");
    }
  }
}
