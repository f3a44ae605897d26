package io.cloudoperator.scanner;

import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.SnapshotStore;

/** What the steps of a scan have done before the SnapStart snapshot. */
final class ScannerPriming {
  private static final ScanId NO_SCAN = new ScanId("00000000-0000-7000-8000-000000000000");

  private ScannerPriming() {}

  /** A payload of nobody's, with what its step takes beside the ids. */
  static String payload(String more) {
    return """
    {"tenant":"%s","connection":"%s","scan":"%s"%s}\
    """
        .formatted(Priming.NOBODY, Priming.NO_CONNECTION, NO_SCAN, more);
  }

  /**
   * Reads what is not there, so that the paths to both tables are warm.
   *
   * @param more what a step does beside
   */
  static void register(Wiring wiring, Priming.Action... more) {
    ConnectionStore connections = wiring.connections();
    RunStore runs = wiring.runs();
    SnapshotStore snapshots = wiring.snapshots();
    Priming.register(
        wiring.telemetry(),
        () -> connections.find(Priming.NOBODY, Priming.NO_CONNECTION, wiring.clock().instant()),
        () -> runs.progress(new ScanKey(Priming.NOBODY, Priming.NO_CONNECTION, NO_SCAN)),
        () -> snapshots.history(Priming.NOBODY, Priming.NO_CONNECTION));
    Priming.register(wiring.telemetry(), more);
  }
}
