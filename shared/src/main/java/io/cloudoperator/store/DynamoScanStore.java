package io.cloudoperator.store;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.CallCount;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Runs and snapshots in DynamoDB, all of one connection in one partition.
 *
 * <p>While a run lasts it holds its connection's lock. Whatever it writes is conditional on what it
 * wrote before, so that nothing of it is left, or comes back, once the partition was purged; and
 * planning and concluding are also conditional on the lock and on the connection's generation, so
 * that a run that was given up writes no result over the one that took its place.
 *
 * <p>A snapshot that would not fit into an item of 400 KB, compressed, is refused with an {@code
 * IllegalArgumentException}; one of 40 regions has about 20 KB.
 */
public final class DynamoScanStore implements ScanStore {
  private static final int BEGIN_ATTEMPTS = 5;
  // Plan's transaction also checks the connection and the lock, and writes the run.
  private static final int MOST_SHARDS = Transaction.MOST_ITEMS - 3;

  private static final String UNLOCKED = Stored.ABSENT + " OR #deadline < :now";
  private static final String UNUSED = Stored.ABSENT + " OR #ttl <= :now";
  private static final String OWN = "#scan = :scan";
  private static final String ABSENT_OR_OWN = Stored.ABSENT + " OR " + OWN;
  private static final String RUNNING = "#state = :running";

  private final DynamoDbClient client;
  private final String scans;
  private final String connections;
  private final InstantSource clock;
  private final DynamoDbTable<Snapshot> snapshots;
  private final Deletions deletions;

  /**
   * Over the tables of these names.
   *
   * @param clock tells which items have expired: DynamoDB takes days to delete them
   */
  public DynamoScanStore(
      DynamoDbClient client, String scansTable, String connectionsTable, InstantSource clock) {
    this.client = client;
    this.scans = scansTable;
    this.connections = connectionsTable;
    this.clock = clock;
    this.deletions = new Deletions(client, scansTable);
    this.snapshots =
        DynamoDbEnhancedClient.builder()
            .dynamoDbClient(client)
            .extensions(List.of())
            .build()
            .table(scansTable, SnapshotRecord.SCHEMA);
  }

  @Override
  public Begun begin(Connection connection, Run run, Optional<String> idempotencyKey, Instant now) {
    ScanKey key = run.key();
    if (!key.tenant().equals(connection.tenant())
        || !key.connection().equals(connection.id())
        || run.generation() != connection.generation()) {
      throw new IllegalArgumentException("the run is not one of this connection as it is");
    }
    for (int attempt = 0; attempt < BEGIN_ATTEMPTS; attempt++) {
      Set<Integer> refused = beginning(run, idempotencyKey, now).write();
      if (refused.isEmpty()) {
        return new Begun.Started(run);
      }
      Optional<ScanId> repeated =
          idempotencyKey
              .flatMap(text -> item(key.tenant(), key.connection(), ScanKeys.idempotency(text)))
              .filter(item -> !Stored.expired(item, now))
              .map(RunRecord::scan);
      if (repeated.isPresent()) {
        return new Begun.Repeated(repeated.get());
      }
      if (refused.contains(0)) {
        return new Begun.NotActive();
      }
      Optional<ScanId> running = running(key.tenant(), key.connection(), now);
      if (running.isPresent()) {
        return new Begun.AlreadyRunning(running.get());
      }
      // What stood in the way went between the write and the reads.
    }
    throw new IllegalStateException("a scan of this id exists already, or scans end all the time");
  }

  private Transaction beginning(Run run, Optional<String> idempotencyKey, Instant now) {
    Transaction transaction =
        checkMayBegin(run)
            .put(scans, RunRecord.lock(run), UNLOCKED, Map.of(":now", Stored.time(now)))
            .put(scans, RunRecord.item(run), Stored.ABSENT, Map.of());
    idempotencyKey.ifPresent(text ->
        transaction.put(
            scans,
            RunRecord.idempotency(run, text),
            UNUSED,
            Map.of(":now", Stored.number(now.getEpochSecond()))));
    return transaction;
  }

  private Transaction checkMayBegin(Run run) {
    return switch (run.trigger()) {
      case SCHEDULE -> checkActive(run);
      case ON_DEMAND ->
          ConnectionRecord.checkConnected(
              new Transaction(client),
              connections,
              run.key().tenant(),
              run.key().connection(),
              run.generation());
    };
  }

  private Transaction checkActive(Run run) {
    return ConnectionRecord.checkActive(
        new Transaction(client),
        connections,
        run.key().tenant(),
        run.key().connection(),
        run.generation());
  }

  @Override
  public Optional<Run> run(ScanKey key) {
    return runItem(key).map(item -> RunRecord.run(key, item));
  }

  @Override
  public Optional<ScanId> running(TenantId tenant, ConnectionId connection, Instant now) {
    return item(tenant, connection, ScanKeys.RUNNING)
        .filter(lock -> !now.isAfter(Stored.time(lock, RunRecord.DEADLINE)))
        .map(RunRecord::scan);
  }

  @Override
  public boolean planned(Run run, Plan plan) {
    if (plan.shards().size() > MOST_SHARDS) {
      throw new IllegalArgumentException("a plan has at most " + MOST_SHARDS + " shards");
    }
    Transaction transaction =
        checkActive(run)
            .check(scans, key(run.key(), ScanKeys.RUNNING), OWN, own(run))
            .update(
                scans,
                key(run.key(), ScanKeys.run(run.key().scan())),
                "SET #plan = :plan",
                RUNNING + " AND attribute_not_exists(#plan)",
                Map.of(":plan", Stored.text(Json.write(plan)), ":running", running()));
    plan.shards()
        .forEach(
            shard -> transaction.put(scans, RunRecord.shard(run, shard), Stored.ABSENT, Map.of()));
    Set<Integer> refused = transaction.write();
    if (refused.isEmpty()) {
      return true;
    }
    // Planned already: a state machine may run a step twice. The same division is no refusal.
    return !refused.contains(0) && !refused.contains(1) && plannedAlike(run, plan);
  }

  private boolean plannedAlike(Run run, Plan plan) {
    return runItem(run.key())
        .filter(item -> RunRecord.run(run.key(), item).state() == Run.State.RUNNING)
        .flatMap(RunRecord::plan)
        .filter(kept -> kept.shards().equals(plan.shards()))
        .isPresent();
  }

  @Override
  public Optional<Plan> plan(ScanKey key) {
    return runItem(key).flatMap(RunRecord::plan);
  }

  @Override
  public List<ShardProgress> progress(ScanKey key) {
    Instant now = clock.instant();
    return query(ScanKeys.partition(key), ScanKeys.shards(key.scan()), QueryRequest.builder())
        .filter(item -> !Stored.expired(item, now))
        .map(RunRecord::progress)
        .toList();
  }

  @Override
  public boolean recordSession(ScanKey key, int shard, List<CallCount> calls) {
    return record(key, shard, "SET #session = :value", Map.of(), Json.write(calls));
  }

  @Override
  public boolean recordRegion(ScanKey key, int shard, RegionOutcome outcome) {
    return record(
        key,
        shard,
        "SET #regions.#region = if_not_exists(#regions.#region, :value)",
        Map.of("#region", outcome.region().value()),
        Json.write(outcome));
  }

  @Override
  public boolean recordBuckets(ScanKey key, int shard, BucketOutcome outcome) {
    return record(
        key,
        shard,
        "SET #buckets = if_not_exists(#buckets, :value)",
        Map.of(),
        Json.write(outcome));
  }

  private boolean record(
      ScanKey key, int shard, String update, Map<String, String> names, String value) {
    Map<String, String> allNames = new HashMap<>(Stored.names(update, Stored.EXISTS));
    allNames.putAll(names);
    return Writes.one(() ->
        client.updateItem(request ->
            request
                .tableName(scans)
                .key(key(key, ScanKeys.shard(key.scan(), shard)))
                .updateExpression(update)
                .conditionExpression(Stored.EXISTS)
                .expressionAttributeNames(allNames)
                .expressionAttributeValues(Map.of(":value", Stored.text(value)))));
  }

  @Override
  public boolean conclude(Run run, Snapshot snapshot) {
    if (!run.key().equals(snapshot.key())) {
      throw new IllegalArgumentException("the snapshot is not one of this run");
    }
    return checkActive(run)
        .update(
            scans,
            key(run.key(), ScanKeys.run(run.key().scan())),
            "SET #state = :ended",
            RUNNING,
            Map.of(":ended", RunRecord.state(Run.State.CONCLUDED), ":running", running()))
        .delete(scans, key(run.key(), ScanKeys.RUNNING), OWN, own(run))
        .put(scans, SnapshotRecord.SCHEMA.itemToMap(snapshot, true), Stored.ABSENT, Map.of())
        .write()
        .isEmpty();
  }

  @Override
  public boolean fail(Run run, Run.Failure failure) {
    Map<String, AttributeValue> key = key(run.key(), ScanKeys.run(run.key().scan()));
    String update = "SET #state = :ended, #failure = :failure";
    Map<String, AttributeValue> values =
        Map.of(
            ":ended", RunRecord.state(Run.State.FAILED),
            ":failure", Stored.text(Json.write(failure)),
            ":running", running());
    Set<Integer> refused =
        new Transaction(client)
            .update(scans, key, update, RUNNING, values)
            .delete(scans, key(run.key(), ScanKeys.RUNNING), ABSENT_OR_OWN, own(run))
            .write();
    if (refused.equals(Set.of(1))) {
      // Another run has taken the lock over, and keeps it.
      refused = new Transaction(client).update(scans, key, update, RUNNING, values).write();
    }
    return refused.isEmpty();
  }

  @Override
  public List<Snapshot> history(TenantId tenant, ConnectionId connection) {
    QueryEnhancedRequest newestFirst =
        QueryEnhancedRequest.builder()
            .queryConditional(
                QueryConditional.sortBeginsWith(
                    Key.builder()
                        .partitionValue(ScanKeys.partition(tenant, connection))
                        .sortValue(ScanKeys.SNAPSHOTS)
                        .build()))
            .scanIndexForward(false)
            .consistentRead(true)
            .limit(Snapshot.KEPT)
            .build();
    return snapshots.query(newestFirst).items().stream().limit(Snapshot.KEPT).toList();
  }

  @Override
  public Optional<Snapshot> snapshot(ScanKey key) {
    return history(key.tenant(), key.connection()).stream()
        .filter(snapshot -> snapshot.key().equals(key))
        .findFirst();
  }

  @Override
  public int trim(TenantId tenant, ConnectionId connection) {
    List<Map<String, AttributeValue>> old =
        query(
                ScanKeys.partition(tenant, connection),
                ScanKeys.SNAPSHOTS,
                keysOnly().scanIndexForward(false))
            .skip(Snapshot.KEPT)
            .toList();
    deletions.delete(old);
    return old.size();
  }

  @Override
  public Purged purge(TenantId tenant, ConnectionId connection) {
    Set<String> deleted = new HashSet<>();
    while (true) {
      List<Map<String, AttributeValue>> left =
          query(ScanKeys.partition(tenant, connection), "", keysOnly()).toList();
      if (left.isEmpty()) {
        return new Purged(
            (int) deleted.stream().filter(ScanKeys::isSnapshot).count(),
            (int) deleted.stream().filter(ScanKeys::isRun).count());
      }
      deletions.delete(left);
      left.forEach(item -> deleted.add(Stored.text(item, Stored.SK)));
    }
  }

  private Optional<Map<String, AttributeValue>> runItem(ScanKey key) {
    return item(key.tenant(), key.connection(), ScanKeys.run(key.scan()))
        .filter(item -> !Stored.expired(item, clock.instant()));
  }

  private Optional<Map<String, AttributeValue>> item(
      TenantId tenant, ConnectionId connection, String sk) {
    Map<String, AttributeValue> key = Stored.key(ScanKeys.partition(tenant, connection), sk);
    return Optional.of(
            client
                .getItem(request -> request.tableName(scans).key(key).consistentRead(true))
                .item())
        .filter(item -> !item.isEmpty());
  }

  private static QueryRequest.Builder keysOnly() {
    return QueryRequest.builder().projectionExpression("#pk, #sk");
  }

  private Stream<Map<String, AttributeValue>> query(
      String pk, String prefix, QueryRequest.Builder query) {
    String all = "#pk = :pk";
    String some = all + " AND begins_with(#sk, :prefix)";
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", Stored.text(pk)));
    if (!prefix.isEmpty()) {
      values.put(":prefix", Stored.text(prefix));
    }
    return client
        .queryPaginator(
            query
                .tableName(scans)
                .keyConditionExpression(prefix.isEmpty() ? all : some)
                .expressionAttributeNames(Map.of("#pk", Stored.PK, "#sk", Stored.SK))
                .expressionAttributeValues(values)
                .consistentRead(true)
                .build())
        .items()
        .stream();
  }

  private static Map<String, AttributeValue> key(ScanKey key, String sk) {
    return Stored.key(ScanKeys.partition(key), sk);
  }

  private static Map<String, AttributeValue> own(Run run) {
    return Map.of(":scan", Stored.text(run.key().scan().value()));
  }

  private static AttributeValue running() {
    return RunRecord.state(Run.State.RUNNING);
  }
}
