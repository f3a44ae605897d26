package io.cloudoperator.dispatch;

import io.cloudoperator.scan.ScanKey;

/** The state machine that carries out a scan. */
@FunctionalInterface
public interface ScanMachine {
  /** Has it carry out this scan. {@code false} if it could not be started. */
  boolean start(ScanKey key);
}
