package io.cloudoperator.scanner;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanKey;
import java.time.Instant;
import java.util.Optional;

/** What a step may still work for. The stores' conditions have the last word at every write. */
final class CurrentRun {
  private CurrentRun() {}

  /** The run, if it has neither ended nor passed its deadline. */
  static Optional<Run> of(RunStore runs, ScanKey key, Instant now) {
    return runs.run(key).filter(run -> run.stateAt(now) == Run.State.RUNNING);
  }

  /** The run with its plan, if it has neither ended nor passed its deadline. */
  static Optional<RunStore.PlannedRun> planned(RunStore runs, ScanKey key, Instant now) {
    return runs.planned(key).filter(planned -> planned.run().stateAt(now) == Run.State.RUNNING);
  }

  /** The run's connection, if it is active and nothing was purged since the run began. */
  static Optional<Connection> connection(ConnectionStore connections, Run run, Instant now) {
    return active(run, found(connections, run.key(), now));
  }

  /** The connection of the run with this key, whatever it is: whether it fits is asked next. */
  static Optional<Connection> found(ConnectionStore connections, ScanKey key, Instant now) {
    return connections.find(key.tenant(), key.connection(), now);
  }

  /** What was found, if it is active and nothing was purged since the run began. */
  static Optional<Connection> active(Run run, Optional<Connection> found) {
    return connected(run, found)
        .filter(connection -> connection.status() == ConnectionStatus.ACTIVE);
  }

  /** As {@link #active}, or one that is suspended: a plan may make it active again. */
  static Optional<Connection> connected(Run run, Optional<Connection> found) {
    return found.filter(connection ->
        connection.status().connected() && connection.generation() == run.generation());
  }
}
