package io.cloudoperator.scanner;

import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanKey;

/** What the logs of every step say of a scan. */
final class LogContext {
  private LogContext() {}

  static void of(Telemetry telemetry, ScanKey key) {
    telemetry.about(Telemetry.Key.TENANT, key.tenant());
    telemetry.about(Telemetry.Key.CONNECTION, key.connection());
    telemetry.about(Telemetry.Key.SCAN, key.scan());
  }
}
