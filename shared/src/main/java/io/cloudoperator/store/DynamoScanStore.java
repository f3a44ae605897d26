package io.cloudoperator.store;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.UnreadableItems;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Runs, snapshots and ledgers in DynamoDB, all of one connection in one partition.
 *
 * <p>While a run lasts it holds its connection's lock. Whatever it writes is conditional on what it
 * wrote before, so that nothing of it is left, or comes back, once the partition was purged; and
 * planning and concluding are also conditional on the lock and on the connection's generation, so
 * that a run that was given up writes no result over the one that took its place.
 *
 * <p>A snapshot that would not fit into an item of 400 KB, compressed, is refused with an {@code
 * IllegalArgumentException}; one of 40 regions has about 20 KB. So is a ledger of more than ten
 * items of 350 KB, which is some 100,000 calls.
 */
public final class DynamoScanStore implements ScanStore {
  private static final int BEGIN_ATTEMPTS = 5;
  // A run is stopped in one transaction with its lock, all of its shards and its ledger.
  private static final int MOST_SHARDS = Transaction.MOST_ITEMS - 2 - Parts.MOST;
  // Each is in vain if a shard has written in between, which it does once a second.
  private static final int STOP_ATTEMPTS = 100;

  private static final String UNLOCKED = Stored.ABSENT + " OR #deadline < :now";
  private static final String UNUSED = Stored.ABSENT + " OR #ttl <= :now";
  private static final String OWN = "#scan = :scan";
  private static final String ABSENT_OR_OWN = Stored.ABSENT + " OR " + OWN;
  private static final String RUNNING = "#state = :running";
  private static final String UNPLANNED = RUNNING + " AND attribute_not_exists(#plan)";
  private static final String PLANNED = RUNNING + " AND attribute_exists(#plan)";
  private static final String AS_READ = Stored.EXISTS + " AND size(#calls) = :calls";

  private final DynamoDbClient client;
  private final String scans;
  private final String connections;
  private final InstantSource clock;
  private final ScanPartitions partitions;
  private final StoredLedgers ledgers;
  private final StoredApis apis;
  private final Deletions deletions;
  private final StoredReads reads;

  /** As the other one; nobody is told of what cannot be read. */
  public DynamoScanStore(
      DynamoDbClient client, String scansTable, String connectionsTable, InstantSource clock) {
    this(client, scansTable, connectionsTable, clock, UnreadableItems.IGNORED);
  }

  /**
   * Over the tables of these names.
   *
   * @param clock tells which items have expired: DynamoDB takes days to delete them
   * @param unreadable is told of items that cannot be read
   */
  public DynamoScanStore(
      DynamoDbClient client,
      String scansTable,
      String connectionsTable,
      InstantSource clock,
      UnreadableItems unreadable) {
    this.reads = new StoredReads(unreadable);
    this.client = client;
    this.scans = scansTable;
    this.connections = connectionsTable;
    this.clock = clock;
    this.partitions = new ScanPartitions(client, scansTable);
    this.ledgers = new StoredLedgers(client, scansTable, connectionsTable, partitions, reads);
    this.apis = new StoredApis(partitions, reads);
    this.deletions = new Deletions(client, scansTable);
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
              .flatMap(text ->
                  partitions.item(key.tenant(), key.connection(), ScanKeys.idempotency(text)))
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
    return runItem(key).map(item -> readRun(key, item));
  }

  private Run readRun(ScanKey key, Map<String, AttributeValue> item) {
    return reads.valueOrThrow(StoredForm.RUN, item, () -> RunRecord.run(key, item));
  }

  private Optional<Plan> readPlan(Map<String, AttributeValue> item) {
    return reads.valueOrThrow(StoredForm.RUN, item, () -> RunRecord.plan(item));
  }

  @Override
  public Optional<ScanId> running(TenantId tenant, ConnectionId connection, Instant now) {
    return partitions
        .item(tenant, connection, ScanKeys.RUNNING)
        .flatMap(lock ->
            reads.value(
                StoredForm.RUN,
                lock,
                () ->
                    now.isAfter(Stored.time(lock, RunRecord.DEADLINE))
                        ? Optional.<ScanId>empty()
                        : Optional.of(RunRecord.scan(lock))))
        .flatMap(scan -> scan);
  }

  @Override
  public boolean planned(Run run, Plan plan) {
    if (plan.shards().size() > MOST_SHARDS) {
      throw new IllegalArgumentException("a plan has at most " + MOST_SHARDS + " shards");
    }
    Transaction transaction =
        checkActive(run)
            .check(scans, ScanPartitions.key(run.key(), ScanKeys.RUNNING), OWN, own(run))
            .update(
                scans,
                runKey(run),
                "SET #plan = :plan, #calls = :calls",
                UNPLANNED,
                Map.of(
                    ":plan",
                    RunRecord.plan(plan),
                    ":calls",
                    AttributeValue.fromB(CallRows.write(plan.calls())),
                    ":running",
                    running()));
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
    Optional<Plan> alike =
        runItem(run.key())
            .filter(item -> readRun(run.key(), item).state() == Run.State.RUNNING)
            .flatMap(this::readPlan)
            .filter(kept -> kept.shards().equals(plan.shards()));
    // Planning twice was twice as many calls.
    return alike.isPresent()
        && (alike.get().calls().equals(plan.calls())
            || recordSession(run.key(), plan.shards().getFirst().index(), plan.calls()));
  }

  @Override
  public Optional<Course> course(ScanKey key) {
    return runItem(key).map(item -> new Course(readRun(key, item), readPlan(item)));
  }

  @Override
  public Optional<Plan> plan(ScanKey key) {
    return runItem(key).flatMap(this::readPlan);
  }

  @Override
  public List<ShardProgress> progress(ScanKey key) {
    return progress(shards(key));
  }

  private List<ShardProgress> progress(List<Map<String, AttributeValue>> shards) {
    return reads.readable(StoredForm.SHARD, shards, item -> RunRecord.progress(item, reads));
  }

  private List<Map<String, AttributeValue>> shards(ScanKey key) {
    Instant now = clock.instant();
    return partitions
        .query(ScanKeys.partition(key), ScanKeys.shards(key.scan()), QueryRequest.builder())
        .filter(item -> !Stored.expired(item, now))
        .toList();
  }

  @Override
  public boolean recordSession(ScanKey key, int shard, List<Call> calls) {
    return record(key, shard, List.of(), Map.of(), Map.of(), calls);
  }

  @Override
  public boolean record(ScanKey key, int shard, Outcomes read) {
    List<String> sets = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    for (WithCalls<RegionOutcome> region : read.regions()) {
      // An expression's names are letters here; and it has at most 4 KB.
      String name = "" + (char) ('A' + sets.size() / 26) + (char) ('A' + sets.size() % 26);
      sets.add("#regions.#%1$s = if_not_exists(#regions.#%1$s, :%1$s)".formatted(name));
      names.put("#" + name, region.outcome().region().value());
      values.put(":" + name, Stored.text(Json.write(region.outcome())));
    }
    read.buckets()
        .ifPresent(buckets -> {
          sets.add("#buckets = if_not_exists(#buckets, :buckets)");
          values.put(":buckets", Stored.text(Json.write(buckets.outcome())));
        });
    read.account()
        .ifPresent(account -> {
          sets.add("#account = if_not_exists(#account, :account)");
          values.put(":account", Stored.text(Json.write(account.outcome())));
        });
    return record(key, shard, sets, names, values, read.calls());
  }

  /** Calls are named by what they are: however often they are written, they are there once. */
  private boolean record(
      ScanKey key,
      int shard,
      List<String> outcome,
      Map<String, String> names,
      Map<String, AttributeValue> values,
      List<Call> calls) {
    SdkBytes rows = CallRows.write(calls);
    List<String> sets = new ArrayList<>(outcome);
    Map<String, AttributeValue> allValues = new HashMap<>(values);
    Map<String, String> allNames = new HashMap<>();
    if (!calls.isEmpty()) {
      sets.add("#calls.#batch = :calls");
      allValues.put(":calls", AttributeValue.fromB(rows));
    }
    if (sets.isEmpty()) {
      return true;
    }
    String update = "SET " + String.join(", ", sets);
    allNames.putAll(Stored.names(update, Stored.EXISTS));
    allNames.putAll(names);
    allNames.computeIfPresent(
        "#batch", (_, _) -> UUID.nameUUIDFromBytes(rows.asByteArrayUnsafe()).toString());
    return Writes.one(() ->
        client.updateItem(request ->
            request
                .tableName(scans)
                .key(ScanPartitions.key(key, ScanKeys.shard(key.scan(), shard)))
                .updateExpression(update)
                .conditionExpression(Stored.EXISTS)
                .expressionAttributeNames(allNames)
                .expressionAttributeValues(allValues)));
  }

  @Override
  public boolean conclude(Run run, Snapshot snapshot, Ledger ledger) {
    if (!run.key().equals(snapshot.key())) {
      throw new IllegalArgumentException("the snapshot is not one of this run");
    }
    Transaction transaction =
        checkActive(run)
            .update(
                scans,
                runKey(run),
                "SET #state = :ended",
                RUNNING,
                Map.of(":ended", RunRecord.state(Run.State.CONCLUDED), ":running", running()))
            .delete(scans, ScanPartitions.key(run.key(), ScanKeys.RUNNING), OWN, own(run))
            .put(scans, SnapshotRecord.item(snapshot), Stored.ABSENT, Map.of());
    return ledgers.put(transaction, run.key(), ledger).write().isEmpty();
  }

  @Override
  public boolean fail(Run run, Run.Failure failure, Ledger ledger) {
    return failed(run, failure, RUNNING, ledger, List.of());
  }

  @Override
  public boolean stop(Run run, Run.Failure failure) {
    for (int attempt = 0; attempt < STOP_ATTEMPTS; attempt++) {
      Optional<Map<String, AttributeValue>> item = runItem(run.key());
      if (item.isEmpty() || !running().equals(item.get().get(RunRecord.STATE))) {
        return false;
      }
      // A plan comes with all of its shards: one that is not seen here is not there.
      boolean planned = item.get().containsKey(RunRecord.PLAN);
      Optional<Plan> plan =
          reads
              .value(StoredForm.RUN, item.get(), () -> RunRecord.plan(item.get()))
              .flatMap(read -> read);
      List<Map<String, AttributeValue>> shards = shards(run.key());
      Ledger ledger = Ledger.of(run, plan, progress(shards));
      if (failed(run, failure, planned ? PLANNED : UNPLANNED, ledger, shards)) {
        return true;
      }
    }
    throw new IllegalStateException("a scan's shards write faster than it can be stopped");
  }

  /** Whether the run has been ended, with these shards as they were read. */
  private boolean failed(
      Run run,
      Run.Failure failure,
      String condition,
      Ledger ledger,
      List<Map<String, AttributeValue>> shards) {
    Transaction failing = failing(run, failure, condition, ledger, shards);
    int lock = failing.size();
    Set<Integer> refused =
        failing
            .delete(scans, ScanPartitions.key(run.key(), ScanKeys.RUNNING), ABSENT_OR_OWN, own(run))
            .write();
    if (refused.equals(Set.of(lock))) {
      // Another run has taken the lock over, and keeps it.
      refused = failing(run, failure, condition, ledger, shards).write();
    }
    return refused.isEmpty();
  }

  private Transaction failing(
      Run run,
      Run.Failure failure,
      String condition,
      Ledger ledger,
      List<Map<String, AttributeValue>> shards) {
    Transaction transaction =
        new Transaction(client)
            .update(
                scans,
                runKey(run),
                "SET #state = :ended, #failure = :failure",
                condition,
                Map.of(
                    ":ended", RunRecord.state(Run.State.FAILED),
                    ":failure", Stored.text(Json.write(failure)),
                    ":running", running()));
    for (Map<String, AttributeValue> shard : shards) {
      transaction.delete(
          scans,
          ScanPartitions.key(run.key(), Stored.text(shard, Stored.SK)),
          AS_READ,
          Map.of(":calls", Stored.number(RunRecord.batches(shard))));
    }
    return ledgers.put(transaction, run.key(), ledger);
  }

  @Override
  public Optional<ScanId> stop(TenantId tenant, ConnectionId connection, Run.Failure failure) {
    return partitions
        .item(tenant, connection, ScanKeys.RUNNING)
        .flatMap(lock -> reads.value(StoredForm.RUN, lock, () -> RunRecord.scan(lock)))
        .map(scan -> new ScanKey(tenant, connection, scan))
        // One that cannot be read cannot be told to stop; the connection's change refuses it.
        .flatMap(key ->
            runItem(key)
                .flatMap(item -> reads.value(StoredForm.RUN, item, () -> RunRecord.run(key, item))))
        .filter(run -> stop(run, failure))
        .map(run -> run.key().scan());
  }

  @Override
  public boolean keep(Connection connection, Ledger ledger) {
    return ledgers.keep(connection, ledger);
  }

  @Override
  public Ledgers ledgers(TenantId tenant, ConnectionId connection) {
    return ledgers.newest(tenant, connection, clock.instant());
  }

  @Override
  public Optional<Ledger> ledger(ScanKey key) {
    Optional<Run> run = run(key);
    Optional<Ledger> soFar =
        run.map(known -> Ledger.of(known, plan(key), progress(key)))
            .filter(ledger -> !ledger.calls().isEmpty());
    // Last: a run that ends in between has written its ledger then.
    return ledgers.ofScan(key).or(() -> soFar);
  }

  @Override
  public History history(TenantId tenant, ConnectionId connection) {
    List<Map<String, AttributeValue>> kept =
        partitions
            .query(
                ScanKeys.partition(tenant, connection),
                ScanKeys.SNAPSHOTS,
                QueryRequest.builder().scanIndexForward(false).limit(Snapshot.KEPT))
            .limit(Snapshot.KEPT)
            .toList();
    List<Snapshot> snapshots =
        reads.readable(
            StoredForm.SNAPSHOT,
            kept,
            item -> reads.whole(StoredForm.SNAPSHOT, item, SnapshotRecord.snapshot(item)));
    return new History(snapshots, kept.size() - snapshots.size());
  }

  @Override
  public Optional<Snapshot> snapshot(ScanKey key) {
    return history(key.tenant(), key.connection()).snapshots().stream()
        .filter(snapshot -> snapshot.key().equals(key))
        .findFirst();
  }

  @Override
  public Trimmed trim(TenantId tenant, ConnectionId connection) {
    String partition = ScanKeys.partition(tenant, connection);
    List<Map<String, AttributeValue>> old = new ArrayList<>(ledgers.displaced(partition));
    partitions
        .query(partition, ScanKeys.SNAPSHOTS, ScanPartitions.keysOnly().scanIndexForward(false))
        .skip(Snapshot.KEPT)
        .forEach(old::add);
    old.addAll(apis.displaced(partition));
    deletions.delete(old);
    Set<String> deleted = sortKeys(old);
    return new Trimmed(
        count(deleted, ScanKeys::isSnapshot), count(deleted, ScanKeys::isFirstOfLedger));
  }

  @Override
  public Purged purge(TenantId tenant, ConnectionId connection) {
    Set<String> deleted = new HashSet<>();
    while (true) {
      List<Map<String, AttributeValue>> left =
          partitions
              .query(ScanKeys.partition(tenant, connection), "", ScanPartitions.keysOnly())
              .toList();
      if (left.isEmpty()) {
        return new Purged(
            count(deleted, ScanKeys::isSnapshot),
            count(deleted, ScanKeys::isRun),
            count(deleted, ScanKeys::isFirstOfLedger),
            count(deleted, ScanKeys::isFirstOfInventory),
            count(deleted, ScanKeys::isCatalog));
      }
      deletions.delete(left);
      deleted.addAll(sortKeys(left));
    }
  }

  private static Set<String> sortKeys(List<Map<String, AttributeValue>> items) {
    return items.stream().map(item -> Stored.text(item, Stored.SK)).collect(Collectors.toSet());
  }

  private static int count(Set<String> sortKeys, Predicate<String> which) {
    return (int) sortKeys.stream().filter(which).count();
  }

  private Optional<Map<String, AttributeValue>> runItem(ScanKey key) {
    return partitions
        .item(key.tenant(), key.connection(), ScanKeys.run(key.scan()))
        .filter(item -> !Stored.expired(item, clock.instant()));
  }

  private static Map<String, AttributeValue> runKey(Run run) {
    return ScanPartitions.key(run.key(), ScanKeys.run(run.key().scan()));
  }

  private static Map<String, AttributeValue> own(Run run) {
    return Map.of(":scan", Stored.text(run.key().scan().value()));
  }

  private static AttributeValue running() {
    return RunRecord.state(Run.State.RUNNING);
  }
}
