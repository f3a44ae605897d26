package io.cloudoperator.dispatch;

import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.RunStore;

/** What both functions have done before the SnapStart snapshot. */
final class DispatchPriming {
  private DispatchPriming() {}

  /** Reads what is not there, so that the paths to both tables are warm. */
  static void register(Wiring wiring) {
    ConnectionStore connections = wiring.connections();
    RunStore runs = wiring.runs();
    Priming.register(
        wiring.telemetry(),
        () -> connections.find(Priming.NOBODY, Priming.NO_CONNECTION, wiring.clock().instant()),
        () -> runs.running(Priming.NOBODY, Priming.NO_CONNECTION, wiring.clock().instant()));
  }
}
