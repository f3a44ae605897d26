package io.cloudoperator.query;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import java.util.List;
import java.util.Optional;

/** Finds what scans of the audit tier have read of a connection's APIs. */
final class InventoryLookup {
  private final SnapshotStore snapshots;
  private final ApiStore apis;

  InventoryLookup(SnapshotStore snapshots, ApiStore apis) {
    this.snapshots = snapshots;
    this.apis = apis;
  }

  /** The APIs that one scan found. */
  record Found(Snapshot snapshot, ApiSummary summary, Inventory inventory) {
    ScanId scan() {
      return snapshot.key().scan();
    }
  }

  /** The newest; empty if no scan has read any. */
  Optional<Found> newest(Connection connection) {
    return first(snapshots.history(connection.tenant(), connection.id()).snapshots());
  }

  /**
   * That of a scan, or the newest.
   *
   * @throws ProblemException 404 if it has read none, or its inventory is not kept
   */
  Found find(Connection connection, Optional<ScanId> scan) {
    return scan.map(id -> of(connection, id))
        .orElseGet(() -> newest(connection).orElseThrow(InventoryLookup::none));
  }

  /**
   * That of one scan.
   *
   * @throws ProblemException 404 if it has read none, or its inventory is not kept
   */
  Found of(Connection connection, ScanId scan) {
    return snapshots
        .snapshot(new ScanKey(connection.tenant(), connection.id(), scan))
        .map(snapshot -> found(snapshot).orElseThrow(InventoryLookup::none))
        .orElseThrow(() -> new ProblemException(notKept(scan)));
  }

  /**
   * The newest one that is older; empty if there is none.
   *
   * @param later of whom it was found
   */
  Optional<Found> before(Connection connection, Found later) {
    return first(
        snapshots.history(connection.tenant(), connection.id()).snapshots().stream()
            .dropWhile(snapshot -> !snapshot.key().scan().equals(later.scan()))
            .skip(1)
            .toList());
  }

  private Optional<Found> first(List<Snapshot> newestFirst) {
    return newestFirst.stream().flatMap(snapshot -> found(snapshot).stream()).findFirst();
  }

  private Optional<Found> found(Snapshot snapshot) {
    return snapshot
        .apis()
        .flatMap(summary ->
            apis.inventory(snapshot.key())
                .map(inventory -> new Found(snapshot, summary, inventory)));
  }

  private static ProblemException none() {
    return new ProblemException(
        ProblemCode.NO_INVENTORY,
        "No scan has read the APIs of this account, or none that is kept: start one with POST"
            + " …/scans.");
  }

  private static Problem notKept(ScanId scan) {
    return Problem.of(
        ProblemCode.NO_INVENTORY,
        "There is none of scan %s: the last %d scans that have ended keep theirs."
            .formatted(scan, Snapshot.KEPT));
  }
}
