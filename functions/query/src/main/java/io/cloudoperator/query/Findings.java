package io.cloudoperator.query;

import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.Snapshot;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a report that is a list of findings needs besides its snapshot.
 *
 * @param kept reads the snapshots of the connection; called for such reports alone
 * @param region whose Security Hub takes the findings
 */
record Findings(Supplier<List<Snapshot>> kept, String region) {
  FlagHistory history(Snapshot snapshot) {
    return FlagHistory.of(snapshot, kept.get());
  }
}
