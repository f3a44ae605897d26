package io.cloudoperator.query.report;

import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.Snapshot;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a report is written from.
 *
 * @param kept reads the snapshots that are kept of the connection; called for reports alone that
 *     show more than one
 * @param findingsRegion whose Security Hub takes the findings
 */
public record ReportInput(
    String connectionName,
    Snapshot snapshot,
    Supplier<List<Snapshot>> kept,
    String findingsRegion) {
  /** Since when there is each flag, and which flags are gone. */
  FlagHistory history() {
    return FlagHistory.of(snapshot, kept.get());
  }
}
