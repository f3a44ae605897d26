package io.cloudoperator.store;

import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.store.stored.StoredForm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What of APIs among the items of the scans table nobody can see any more. */
final class StoredApis {
  private final ScanPartitions partitions;
  private final StoredReads reads;

  StoredApis(ScanPartitions partitions, StoredReads reads) {
    this.partitions = partitions;
    this.reads = reads;
  }

  /**
   * The keys of what was found by runs that have ended, and of inventories without a snapshot: it
   * was displaced, or its run ended otherwise.
   */
  List<Map<String, AttributeValue>> displaced(String partition) {
    List<Map<String, AttributeValue>> found = keys(partition, ScanKeys.FOUND).toList();
    List<Map<String, AttributeValue>> inventories = keys(partition, ScanKeys.INVENTORIES).toList();
    if (found.isEmpty() && inventories.isEmpty()) {
      return List.of();
    }
    // In this order: a run that is concluded loses the lock and gets its snapshot at once, and one
    // that begins after this has nothing yet of what was listed above.
    List<Map<String, AttributeValue>> locks =
        partitions.query(partition, ScanKeys.RUNNING, QueryRequest.builder()).toList();
    Set<ScanId> running = new HashSet<>(reads.readable(StoredForm.RUN, locks, RunRecord::scan));
    if (running.size() < locks.size()) {
      // What the run has that holds the connection nobody can tell: the next trim deletes it.
      return List.of();
    }
    Set<ScanId> visible = new HashSet<>(running);
    partitions
        .query(
            partition,
            ScanKeys.SNAPSHOTS,
            ScanPartitions.keysOnly().scanIndexForward(false).limit(Snapshot.KEPT))
        .limit(Snapshot.KEPT)
        .map(item -> ScanKeys.snapshotOf(Stored.text(item, Stored.SK)))
        .forEach(visible::add);
    return Stream.concat(
            found.stream().filter(item -> !running.contains(scan(item))),
            inventories.stream().filter(item -> !visible.contains(scan(item))))
        .toList();
  }

  private Stream<Map<String, AttributeValue>> keys(String partition, String prefix) {
    return partitions.query(partition, prefix, ScanPartitions.keysOnly());
  }

  private static ScanId scan(Map<String, AttributeValue> item) {
    return ScanKeys.apisOf(Stored.text(item, Stored.SK));
  }
}
