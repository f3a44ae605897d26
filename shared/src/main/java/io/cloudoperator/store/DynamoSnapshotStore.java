package io.cloudoperator.store;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.stored.StoredForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Snapshots in DynamoDB. One that would not fit into an item of 400 KB, compressed, is refused with
 * an {@code IllegalArgumentException}; one of 40 regions has about 20 KB. So is a ledger of more
 * than ten items of 350 KB, which is some 100,000 calls.
 */
public final class DynamoSnapshotStore implements SnapshotStore {
  private final ScanTables tables;
  private final StoredReads reads;

  public DynamoSnapshotStore(ScanTables tables) {
    this.tables = tables;
    this.reads = tables.reads();
  }

  @Override
  public Written conclude(Run run, Snapshot snapshot, Ledger ledger) {
    if (!run.key().equals(snapshot.key())) {
      throw new IllegalArgumentException("the snapshot is not one of this run");
    }
    Transaction transaction =
        tables
            .ifConnection(run, ConnectionStatus.ACTIVE)
            .update(
                tables.scans(),
                RunRecord.key(run),
                "SET #state = :ended",
                RunRecord.RUNNING,
                Map.of(
                    ":ended", RunRecord.state(Run.State.CONCLUDED),
                    ":running", RunRecord.state(Run.State.RUNNING)))
            .delete(tables.scans(), RunRecord.lockKey(run), RunRecord.OWN, RunRecord.own(run))
            .put(tables.scans(), SnapshotRecord.item(snapshot), Stored.ABSENT, Map.of());
    return LedgerRecord.put(transaction, tables.scans(), run.key(), ledger).writeIfConnection();
  }

  @Override
  public History history(TenantId tenant, ConnectionId connection) {
    List<Map<String, AttributeValue>> kept = kept(tenant, connection);
    List<Snapshot> snapshots =
        reads.readable(StoredForm.SNAPSHOT, kept, item -> SnapshotRecord.snapshot(item, reads));
    return new History(snapshots, kept.size() - snapshots.size());
  }

  @Override
  public Optional<Snapshot> snapshot(ScanKey key) {
    String sortKey = ScanKeys.snapshot(key.scan());
    return kept(key.tenant(), key.connection()).stream()
        .filter(item -> Stored.text(item, Stored.SK).equals(sortKey))
        .findFirst()
        .map(item ->
            reads.valueOrThrow(
                StoredForm.SNAPSHOT, item, () -> SnapshotRecord.snapshot(item, reads)));
  }

  private List<Map<String, AttributeValue>> kept(TenantId tenant, ConnectionId connection) {
    return tables
        .newest(
            ScanKeys.partition(tenant, connection),
            ScanKeys.SNAPSHOTS,
            Snapshot.KEPT,
            QueryRequest.builder())
        .toList();
  }
}
