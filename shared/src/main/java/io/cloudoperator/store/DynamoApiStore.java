package io.cloudoperator.store;

import static java.util.function.Predicate.not;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * APIs in DynamoDB, in the partition of their connection's runs and snapshots. docs/decisions/016
 *
 * <p>Answers that are small are gathered in one item of their shard, by batch, as they come; one
 * that is not has items of its own. What is larger than ten items of 350 KB, compressed, is
 * refused, that is some 190,000 routes; an inventory may have twenty. A catalogue has one.
 */
public final class DynamoApiStore implements ApiStore {
  private final ScanTables tables;
  private final StoredReads reads;

  public DynamoApiStore(ScanTables tables) {
    this.tables = tables;
    this.reads = tables.reads();
  }

  @Override
  public Written keepFound(Run run, int shard, Found found) {
    Found small =
        new Found(
            found.regions().stream().filter(FoundBatches::isSmall).toList(),
            found.global().filter(FoundBatches::isSmall));
    Written written =
        small.isEmpty() || gather(run, shard, small)
            ? new Written.Done()
            // Planned by a release that gathered nothing, or over: what has items of its own
            // decides.
            : keepEach(run, shard, small);
    Found large =
        new Found(
            found.regions().stream().filter(not(FoundBatches::isSmall)).toList(),
            found.global().filter(not(FoundBatches::isSmall)));
    return written.then(() -> keepEach(run, shard, large));
  }

  /** Adds a batch to those of the shard; {@code false} if they have no item. */
  private boolean gather(Run run, int shard, Found batch) {
    ScanKey key = run.key();
    AttributeValue body = FoundBatches.body(batch);
    String name = FoundBatches.name(tables.clock().instant(), body);
    String update = "SET #batch = if_not_exists(#batch, :batch)";
    return Writes.one(() ->
        tables
            .client()
            .updateItem(request ->
                request
                    .tableName(tables.scans())
                    .key(ScanTables.key(key, ScanKeys.gathered(key.scan(), shard)))
                    .updateExpression(update)
                    .conditionExpression(Stored.EXISTS)
                    .expressionAttributeNames(Map.of("#pk", Stored.PK, "#batch", name))
                    .expressionAttributeValues(Map.of(":batch", body))));
  }

  private Written keepEach(Run run, int shard, Found found) {
    Written written = new Written.Done();
    for (RegionApis region : found.regions()) {
      written = written.then(() -> keepAlone(run, shard, region.region().value(), region));
    }
    return found.global().isEmpty()
        ? written
        : written.then(() -> keepAlone(run, shard, ApiId.GLOBAL, found.global().get()));
  }

  private Written keepAlone(Run run, int shard, String place, Object found) {
    ScanKey key = run.key();
    // A check costs as much as what it checks: first of all the smaller item, which an earlier
    // release has not planned.
    for (String sortKey :
        List.of(ScanKeys.gathered(key.scan(), shard), ScanKeys.shard(key.scan(), shard))) {
      Set<Integer> refused =
          new Transaction(tables.client())
              .check(tables.scans(), ScanTables.key(key, sortKey), Stored.EXISTS, Map.of())
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
      if (!refused.contains(0)) {
        return new Written.Done();
      }
    }
    return new Written.Refused(Written.Reason.RUN_OVER);
  }

  @Override
  public Kept kept(ScanKey key) {
    Set<String> alone = new HashSet<>();
    List<Found> gathered = new ArrayList<>();
    places(key)
        .forEach((place, parts) -> {
          if (ScanKeys.isGathered(Stored.text(parts.getFirst(), Stored.SK))) {
            gathered.add(FoundBatches.read(parts.getFirst(), reads));
          } else {
            alone.add(place);
          }
        });
    return new Kept(
        Stream.concat(
                alone.stream().filter(place -> !place.equals(ApiId.GLOBAL)).map(RegionName::new),
                gathered.stream()
                    .flatMap(found -> found.regions().stream())
                    .map(RegionApis::region))
            .collect(Collectors.toSet()),
        alone.contains(ApiId.GLOBAL)
            || gathered.stream().anyMatch(found -> found.global().isPresent()));
  }

  @Override
  public Found found(ScanKey key) {
    SortedMap<RegionName, RegionApis> regions = new TreeMap<>();
    List<GlobalApis> global = new ArrayList<>();
    places(key)
        .forEach((place, parts) -> {
          Found found =
              ScanKeys.isGathered(Stored.text(parts.getFirst(), Stored.SK))
                  ? FoundBatches.read(parts.getFirst(), reads)
                  : alone(place, parts);
          found.regions().forEach(region -> regions.putIfAbsent(region.region(), region));
          found.global().ifPresent(global::add);
        });
    return new Found(List.copyOf(regions.values()), global.stream().findFirst());
  }

  private Found alone(String place, List<Map<String, AttributeValue>> parts) {
    return place.equals(ApiId.GLOBAL)
        ? new Found(List.of(), value(StoredForm.API_FACTS, parts, GlobalApis.class))
        : new Found(
            value(StoredForm.API_FACTS, parts, RegionApis.class).stream().toList(),
            Optional.empty());
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

  private SortedMap<String, List<Map<String, AttributeValue>>> places(ScanKey key) {
    return tables
        .query(ScanKeys.partition(key), ScanKeys.found(key.scan()), QueryRequest.builder())
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
