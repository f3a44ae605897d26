package io.cloudoperator.store;

import static java.util.stream.Collectors.groupingBy;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.stored.StoredForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * APIs in DynamoDB, in the partition of their connection's runs and snapshots. docs/decisions/016
 *
 * <p>What is larger than ten items of 350 KB, compressed, is refused, that is some 190,000 routes;
 * an inventory may have twenty. A catalogue has one.
 */
public final class DynamoApiStore implements ApiStore {
  private final ScanTables tables;
  private final StoredReads reads;

  public DynamoApiStore(ScanTables tables) {
    this.tables = tables;
    this.reads = tables.reads();
  }

  @Override
  public Written keepFound(Run run, int shard, RegionApis found) {
    return keepFound(run, shard, found.region().value(), found);
  }

  @Override
  public Written keepFound(Run run, int shard, GlobalApis found) {
    return keepFound(run, shard, ApiId.GLOBAL, found);
  }

  private Written keepFound(Run run, int shard, String place, Object found) {
    ScanKey key = run.key();
    Set<Integer> refused =
        new Transaction(tables.client())
            .check(
                tables.scans(),
                ScanTables.key(key, ScanKeys.shard(key.scan(), shard)),
                Stored.EXISTS,
                Map.of())
            .put(
                tables.scans(),
                Parts.hidden(
                    Parts.items(
                        ScanKeys.partition(key),
                        ScanKeys.foundParts(key.scan(), place),
                        found,
                        Optional.of(RunRecord.until(run)),
                        Parts.MOST)))
            .write();
    return refused.contains(0) ? new Written.Refused(Written.Reason.RUN_OVER) : new Written.Done();
  }

  @Override
  public Kept kept(ScanKey key) {
    Set<String> places = places(key, ScanTables.keysOnly()).keySet();
    return new Kept(
        places.stream()
            .filter(place -> !place.equals(ApiId.GLOBAL))
            .map(RegionName::new)
            .collect(Collectors.toSet()),
        places.contains(ApiId.GLOBAL));
  }

  @Override
  public Found found(ScanKey key) {
    SortedMap<String, List<Map<String, AttributeValue>>> places =
        places(key, QueryRequest.builder());
    List<Map<String, AttributeValue>> global =
        Optional.ofNullable(places.remove(ApiId.GLOBAL)).orElse(List.of());
    return new Found(
        places.values().stream()
            .flatMap(parts -> value(StoredForm.API_FACTS, parts, RegionApis.class).stream())
            .toList(),
        value(StoredForm.API_FACTS, global, GlobalApis.class));
  }

  /** Empty if some parts are missing, for they are being deleted, or if it cannot be read. */
  private <T> Optional<T> value(
      StoredForm form, List<Map<String, AttributeValue>> parts, Class<T> type) {
    return Optional.of(parts)
        .filter(Parts::complete)
        .flatMap(all -> reads.value(form, all.getFirst(), () -> whole(form, all, type)));
  }

  /** As {@link #value}, but throws if it cannot be read. */
  private <T> Optional<T> valueOrThrow(
      StoredForm form, List<Map<String, AttributeValue>> parts, Class<T> type) {
    return Optional.of(parts)
        .filter(Parts::complete)
        .map(all -> reads.valueOrThrow(form, all.getFirst(), () -> whole(form, all, type)));
  }

  private <T> T whole(StoredForm form, List<Map<String, AttributeValue>> parts, Class<T> type) {
    return reads.whole(form, parts.getFirst(), Parts.value(parts, type));
  }

  private SortedMap<String, List<Map<String, AttributeValue>>> places(
      ScanKey key, QueryRequest.Builder query) {
    return tables
        .query(ScanKeys.partition(key), ScanKeys.found(key.scan()), query)
        .filter(tables::live)
        .collect(
            groupingBy(
                item -> ScanKeys.foundPlace(Stored.text(item, Stored.SK)),
                TreeMap::new,
                Collectors.toList()));
  }

  @Override
  public Optional<Inventory> keep(Run run, Inventory inventory) {
    ScanKey key = run.key();
    List<Map<String, AttributeValue>> items =
        Parts.hidden(
            Parts.items(
                ScanKeys.partition(key),
                ScanKeys.inventoryParts(key.scan()),
                inventory,
                Optional.empty(),
                Parts.MOST_OF_A_VALUE));
    for (List<Map<String, AttributeValue>> some : Parts.beyond(items)) {
      // Where they are there, an earlier delivery of this step wrote them for the same value.
      if (whileRunning(run).put(tables.scans(), some).write().contains(0)) {
        return Optional.empty();
      }
    }
    Set<Integer> refused = whileRunning(run).put(tables.scans(), Parts.head(items)).write();
    if (refused.isEmpty()) {
      return Optional.of(inventory);
    }
    return refused.contains(0) ? Optional.empty() : stored(key);
  }

  /** A transaction that is refused at its first position if the run has ended. */
  private Transaction whileRunning(Run run) {
    return new Transaction(tables.client())
        .check(
            tables.scans(),
            RunRecord.key(run),
            RunRecord.RUNNING,
            Map.of(":running", RunRecord.state(Run.State.RUNNING)));
  }

  @Override
  public Optional<Inventory> inventory(ScanKey key) {
    String sortKey = ScanKeys.snapshot(key.scan());
    boolean visible =
        tables
            .newest(
                ScanKeys.partition(key), ScanKeys.SNAPSHOTS, Snapshot.KEPT, ScanTables.keysOnly())
            .anyMatch(item -> Stored.text(item, Stored.SK).equals(sortKey));
    return visible ? stored(key) : Optional.empty();
  }

  private Optional<Inventory> stored(ScanKey key) {
    return valueOrThrow(
        StoredForm.INVENTORY,
        Parts.ofFirst(
            tables
                .query(
                    ScanKeys.partition(key),
                    ScanKeys.inventoryParts(key.scan()),
                    QueryRequest.builder())
                .toList()),
        Inventory.class);
  }

  @Override
  public Written declare(Connection connection, Catalog catalog) {
    Transaction transaction =
        ConnectionRecord.check(
            new Transaction(tables.client()),
            tables.connections(),
            connection.tenant(),
            connection.id(),
            connection.generation());
    Parts.items(
            ScanKeys.partition(connection.tenant(), connection.id()),
            ScanKeys.CATALOG,
            catalog,
            Optional.empty(),
            1)
        .forEach(item -> transaction.put(tables.scans(), item));
    return transaction.writeIfConnection();
  }

  @Override
  public Optional<Catalog> catalog(TenantId tenant, ConnectionId connection) {
    return valueOrThrow(
        StoredForm.CATALOG,
        tables
            .query(ScanKeys.partition(tenant, connection), ScanKeys.CATALOG, QueryRequest.builder())
            .toList(),
        Catalog.class);
  }
}
