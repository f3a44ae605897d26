package io.cloudoperator.store;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.connection.DeletionStore.Step;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.store.stored.StoredForm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Deletes from the scans table by key: what an item holds need not be readable. */
public final class DynamoScanRetention implements ScanRetention {
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
  private static final int BATCH = 25;

  // Of 400 KB each, which an item may have, as many as a transaction of 4 MB takes:
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
  private static final int COUNTED_BATCH = 10;

  private final ScanTables tables;

  public DynamoScanRetention(ScanTables tables) {
    this.tables = tables;
  }

  @Override
  public Trimmed trim(TenantId tenant, ConnectionId connection, Ledger.Kind kind) {
    String partition = ScanKeys.partition(tenant, connection);
    List<Map<String, AttributeValue>> old =
        new ArrayList<>(
            displacedLedgers(keysNewestFirst(partition, ScanKeys.ledgers(kind)).toList()));
    if (kind == Ledger.Kind.SCAN) {
      keysNewestFirst(partition, ScanKeys.SNAPSHOTS).skip(Snapshot.KEPT).forEach(old::add);
      old.addAll(displacedApis(partition));
    }
    delete(old);
    Set<String> deleted = sortKeys(old);
    return new Trimmed(
        count(deleted, ScanKeys::isSnapshot), count(deleted, ScanKeys::isFirstOfLedger));
  }

  private static List<Map<String, AttributeValue>> displacedLedgers(
      List<Map<String, AttributeValue>> all) {
    List<ScanId> kept =
        all.stream().map(DynamoScanRetention::session).distinct().limit(Ledger.KEPT).toList();
    return all.stream().filter(item -> !kept.contains(session(item))).toList();
  }

  /**
   * What was found by runs that have ended, and inventories without a snapshot: it was displaced,
   * or its run ended otherwise.
   */
  private List<Map<String, AttributeValue>> displacedApis(String partition) {
    List<Map<String, AttributeValue>> found = keysNewestFirst(partition, ScanKeys.FOUND).toList();
    List<Map<String, AttributeValue>> inventories =
        keysNewestFirst(partition, ScanKeys.INVENTORIES).toList();
    if (found.isEmpty() && inventories.isEmpty()) {
      return List.of();
    }
    // In this order: a run that is concluded loses the lock and gets its snapshot at once, and one
    // that begins after this has nothing yet of what was listed above.
    List<Map<String, AttributeValue>> locks =
        tables.query(partition, ScanKeys.RUNNING, QueryRequest.builder()).toList();
    Set<ScanId> running =
        new HashSet<>(tables.reads().readable(StoredForm.RUN, locks, RunRecord::scan));
    if (running.size() < locks.size()) {
      // What the run has that holds the connection nobody can tell: the next trim deletes it.
      return List.of();
    }
    Set<ScanId> visible = new HashSet<>(running);
    tables
        .newest(partition, ScanKeys.SNAPSHOTS, Snapshot.KEPT, ScanTables.keysOnly())
        .map(item -> ScanKeys.snapshotOf(Stored.text(item, Stored.SK)))
        .forEach(visible::add);
    return Stream.concat(
            found.stream().filter(item -> !running.contains(scan(item))),
            inventories.stream().filter(item -> !visible.contains(scan(item))))
        .toList();
  }

  @Override
  public Step purge(Deletion deletion, ConnectionId connection) {
    String partition = ScanKeys.partition(deletion.scope().tenant(), connection);
    while (true) {
      List<Map<String, AttributeValue>> left = keysNewestFirst(partition, "").toList();
      if (left.isEmpty()) {
        return Step.DONE;
      }
      for (int from = 0; from < left.size(); from += COUNTED_BATCH) {
        List<Map<String, AttributeValue>> some =
            left.subList(from, Math.min(from + COUNTED_BATCH, left.size()));
        Transaction deleting =
            DeletionRecord.tally(
                new Transaction(tables.client()),
                tables.connections(),
                deletion,
                connection,
                counts(sortKeys(some)));
        some.forEach(key -> deleting.delete(tables.scans(), key, Stored.EXISTS, Map.of()));
        // Where only some have gone meanwhile, none is deleted: what is left is listed again.
        if (deleting.write().contains(0)) {
          return Step.CLOSED;
        }
      }
    }
  }

  private static Map<What, Integer> counts(Set<String> sortKeys) {
    Map<What, Integer> counts = new EnumMap<>(What.class);
    counts.put(What.SNAPSHOTS, count(sortKeys, ScanKeys::isSnapshot));
    counts.put(What.RUNS, count(sortKeys, ScanKeys::isRun));
    counts.put(What.LEDGERS, count(sortKeys, ScanKeys::isFirstOfLedger));
    counts.put(What.INVENTORIES, count(sortKeys, ScanKeys::isFirstOfInventory));
    counts.put(What.CATALOGS, count(sortKeys, ScanKeys::isCatalog));
    return counts;
  }

  @Override
  public boolean anyOf(TenantId tenant, ConnectionId connection) {
    return tables
        .newest(ScanKeys.partition(tenant, connection), "", 1, ScanTables.keysOnly())
        .findAny()
        .isPresent();
  }

  private Stream<Map<String, AttributeValue>> keysNewestFirst(String partition, String prefix) {
    return tables.query(partition, prefix, ScanTables.keysOnly().scanIndexForward(false));
  }

  private static ScanId session(Map<String, AttributeValue> item) {
    return ScanKeys.ledgerSession(Stored.text(item, Stored.SK));
  }

  private static ScanId scan(Map<String, AttributeValue> item) {
    return ScanKeys.apisOf(Stored.text(item, Stored.SK));
  }

  private static Set<String> sortKeys(List<Map<String, AttributeValue>> items) {
    return items.stream().map(item -> Stored.text(item, Stored.SK)).collect(Collectors.toSet());
  }

  private static int count(Set<String> sortKeys, Predicate<String> which) {
    return (int) sortKeys.stream().filter(which).count();
  }

  /** Deletes every one, or throws: DynamoDB may leave out some of a batch. */
  private void delete(List<Map<String, AttributeValue>> keys) {
    for (int from = 0; from < keys.size(); from += BATCH) {
      deleteBatch(
          keys.subList(from, Math.min(from + BATCH, keys.size())).stream()
              .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
              .toList());
    }
  }

  private void deleteBatch(List<WriteRequest> requests) {
    List<WriteRequest> left = requests;
    for (int attempt = 1; ; attempt++) {
      Map<String, List<WriteRequest>> batch = Map.of(tables.scans(), left);
      BatchWriteItemResponse answer =
          Writes.settled(
              () -> tables.client().batchWriteItem(request -> request.requestItems(batch)));
      left = answer.unprocessedItems().getOrDefault(tables.scans(), List.of());
      if (left.isEmpty()) {
        return;
      }
      Writes.pause(attempt, new IllegalStateException(left.size() + " items could not be deleted"));
    }
  }
}
