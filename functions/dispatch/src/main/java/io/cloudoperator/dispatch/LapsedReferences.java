package io.cloudoperator.dispatch;

import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.ConnectionUpdates.Updated;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Deletes the role references of connections that were revoked or quarantined for {@link
 * Connection#SUSPENDED_FOR}, by disconnecting them. Readers take them for disconnected from that
 * moment on; this makes it so in the table.
 */
final class LapsedReferences {
  /** The most that one invocation deletes; the next one comes in five minutes. */
  static final int MOST = 500;

  private static final int AT_ONCE = 8;

  private final ConnectionStore connections;
  private final ConnectionUpdates updates;
  private final InstantSource clock;

  LapsedReferences(ConnectionStore connections, ConnectionUpdates updates, InstantSource clock) {
    this.connections = connections;
    this.updates = updates;
    this.clock = clock;
  }

  /**
   * Deletes them; one that fails does not keep others from it.
   *
   * @throws IllegalStateException if one failed: the alarm on failed invocations tells, and the
   *     next invocation tries it again
   */
  void delete() {
    List<Future<Updated>> results =
        ParallelMap.settled(
            connections.lapsed(clock.instant(), MOST),
            AT_ONCE,
            lapsed -> updates.change(lapsed.tenant(), lapsed.id(), UnaryOperator.identity()));
    for (Future<Updated> result : results) {
      if (result.state() == Future.State.FAILED) {
        throw new IllegalStateException(
            "a lapsed role reference could not be deleted", result.exceptionNow());
      }
    }
  }
}
