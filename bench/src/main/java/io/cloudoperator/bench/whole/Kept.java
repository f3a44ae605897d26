package io.cloudoperator.bench.whole;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoSnapshotStore;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.store.stored.UnreadableItems;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What is kept of APIs after a scan.
 *
 * @param apis in the newest inventory
 * @param routes of them
 * @param bySize how many APIs have how many routes
 * @param read sources that were read to their ends
 * @param unread the other ones
 * @param items that the newest inventory takes in DynamoDB
 * @param bytes of their bodies, compressed
 * @param heapMegabytes that were used at most at any time, garbage included
 */
record Kept(
    int apis,
    long routes,
    Map<Integer, Long> bySize,
    int read,
    List<String> unread,
    int items,
    long bytes,
    double heapMegabytes) {
  /** How many APIs have exactly so many routes. */
  long of(int routesOfEach) {
    return bySize.getOrDefault(routesOfEach, 0L);
  }

  /** Of a connection that was scanned. */
  static Kept of(LocalBackend backend, TenantId tenant, ConnectionId connection) {
    DynamoDbClient tables = backend.database().client();
    String scans = backend.table("ScansTable");
    ScanTables stored =
        new ScanTables(
            tables,
            scans,
            backend.table("ConnectionsTable"),
            InstantSource.system(),
            UnreadableItems.IGNORED);
    Snapshot newest =
        new DynamoSnapshotStore(stored).history(tenant, connection).snapshots().getFirst();
    ScanKey key = newest.key();
    Inventory inventory = new DynamoApiStore(stored).inventory(key).orElseThrow();
    List<SdkBytes> parts = bodies(tables, scans, "apis#" + key.scan().value());
    return new Kept(
        inventory.apis().size(),
        inventory.apis().stream().mapToLong(api -> api.routes().size()).sum(),
        inventory.apis().stream()
            .map(Api::routes)
            .collect(Collectors.groupingBy(List::size, TreeMap::new, Collectors.counting())),
        inventory.read().size(),
        inventory.unread().stream().map(Object::toString).toList(),
        parts.size(),
        parts.stream().mapToLong(body -> body.asByteArrayUnsafe().length).sum(),
        heap());
  }

  private static List<SdkBytes> bodies(DynamoDbClient tables, String table, String prefix) {
    return tables
        .scanPaginator(scan ->
            scan.tableName(table)
                .filterExpression("begins_with(sk, :prefix)")
                .expressionAttributeValues(Map.of(":prefix", AttributeValue.fromS(prefix))))
        .items()
        .stream()
        .flatMap(item -> Optional.ofNullable(item.get("body")).stream())
        .map(AttributeValue::b)
        .toList();
  }

  private static double heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(peak -> peak.getUsed())
            .sum()
        / 1e6;
  }
}
