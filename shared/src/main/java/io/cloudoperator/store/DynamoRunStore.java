package io.cloudoperator.store;

import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Runs in DynamoDB, in the partition of their connection.
 *
 * <p>While a run lasts it holds its connection's lock. Whatever it writes is conditional on what it
 * wrote before, so that nothing of it is left, or comes back, once the partition was purged; and
 * planning and concluding are also conditional on the lock and on the connection's generation, so
 * that a run that was given up writes no result over the one that took its place.
 */
public final class DynamoRunStore implements RunStore {
  private static final int BEGIN_ATTEMPTS = 5;
  // A run is stopped in one transaction with its lock, all items of its shards, and its ledger.
  private static final int MOST_SHARD_ITEMS = Transaction.MOST_ITEMS - 2 - Parts.MOST;

  /**
   * How many pages a shard of several regions has at most. A write is billed by the whole item:
   * into three by turns, a shard that writes five times pays for what it has about once, not three
   * times.
   */
  private static final int MOST_PAGES = 3;

  // Each is in vain if a shard has written in between, which it does once a second.
  private static final int STOP_ATTEMPTS = 100;

  private static final String UNLOCKED = Stored.ABSENT + " OR #deadline < :now";
  private static final String UNUSED = Stored.ABSENT + " OR #ttl <= :now";
  private static final String ABSENT_OR_OWN = Stored.ABSENT + " OR " + RunRecord.OWN;
  private static final String UNPLANNED = RunRecord.RUNNING + " AND attribute_not_exists(#plan)";
  private static final String PLANNED = RunRecord.RUNNING + " AND attribute_exists(#plan)";
  private static final String AS_READ = Stored.EXISTS + " AND size(#calls) = :calls";

  private final ScanTables tables;
  private final StoredReads reads;

  public DynamoRunStore(ScanTables tables) {
    this.tables = tables;
    this.reads = tables.reads();
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
              .flatMap(
                  text -> tables.item(key.tenant(), key.connection(), ScanKeys.idempotency(text)))
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
        mayBegin(run)
            .put(tables.scans(), RunRecord.lock(run), UNLOCKED, Map.of(":now", Stored.time(now)))
            .put(tables.scans(), RunRecord.item(run), Stored.ABSENT, Map.of());
    idempotencyKey.ifPresent(text ->
        transaction.put(
            tables.scans(),
            RunRecord.idempotency(run, text),
            UNUSED,
            Map.of(":now", Stored.number(now.getEpochSecond()))));
    return transaction;
  }

  private Transaction mayBegin(Run run) {
    return switch (run.trigger()) {
      case SCHEDULE -> tables.ifConnection(run, ConnectionStatus.ACTIVE);
      case ON_DEMAND ->
          tables.ifConnection(
              run, ConnectionStatus.ACTIVE, ConnectionStatus.REVOKED, ConnectionStatus.QUARANTINED);
    };
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
    return tables
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
  public Written keepPlan(Run run, Plan plan, Tier tier) {
    List<Map<String, AttributeValue>> items = shardItems(run, plan, tier);
    if (items.size() > MOST_SHARD_ITEMS) {
      throw new IllegalArgumentException("a plan has at most " + MOST_SHARD_ITEMS + " shards");
    }
    Transaction transaction =
        tables
            .ifConnection(run, ConnectionStatus.ACTIVE)
            .check(tables.scans(), RunRecord.lockKey(run), RunRecord.OWN, RunRecord.own(run))
            .update(
                tables.scans(),
                RunRecord.key(run),
                "SET #plan = :plan, #calls = :calls",
                UNPLANNED,
                Map.of(
                    ":plan",
                    RunRecord.plan(plan),
                    ":calls",
                    AttributeValue.fromB(CallRows.write(plan.calls())),
                    ":running",
                    running()));
    Written written = transaction.put(tables.scans(), items).writeIfConnection();
    return written.done() ? written : plannedBefore(run, plan).orElse(written);
  }

  /** All that the shards will write into: what is not there is not written any more. */
  private static List<Map<String, AttributeValue>> shardItems(Run run, Plan plan, Tier tier) {
    int gathered =
        switch (tier) {
          case MINIMAL -> 0;
          case AUDIT -> 1;
        };
    int room = MOST_SHARD_ITEMS / Math.max(1, plan.shards().size()) - gathered;
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (Shard shard : plan.shards()) {
      int pages = Math.max(1, Math.min(Math.min(MOST_PAGES, room), shard.regions().size()));
      for (int page = 0; page < pages; page++) {
        items.add(RunRecord.shard(run, shard, page));
      }
      if (gathered > 0) {
        items.add(RunRecord.gathered(run, shard));
      }
    }
    return items;
  }

  /** A state machine may run a step twice: the same division is done, and its calls are more. */
  private Optional<Written> plannedBefore(Run run, Plan plan) {
    return runItem(run.key())
        .filter(item -> readRun(run.key(), item).state() == Run.State.RUNNING)
        .flatMap(this::readPlan)
        .filter(kept -> kept.shards().equals(plan.shards()))
        .map(kept ->
            kept.calls().equals(plan.calls())
                ? new Written.Done()
                : record(run.key(), plan.shards().getFirst().index(), Outcomes.of(plan.calls())));
  }

  @Override
  public Optional<PlannedRun> planned(ScanKey key) {
    return runItem(key).map(item -> new PlannedRun(readRun(key, item), readPlan(item)));
  }

  @Override
  public List<ShardProgress> progress(ScanKey key) {
    return progress(shards(key));
  }

  private List<ShardProgress> progress(List<Map<String, AttributeValue>> pages) {
    SortedMap<Integer, ShardProgress> shards = new TreeMap<>();
    reads
        .readable(StoredForm.SHARD, pages, item -> RunRecord.progress(item, reads))
        .forEach(page -> shards.merge(page.shard().index(), page, ShardProgress::and));
    return List.copyOf(shards.values());
  }

  private List<Map<String, AttributeValue>> shards(ScanKey key) {
    return tables
        .query(ScanKeys.partition(key), ScanKeys.shards(key.scan()), QueryRequest.builder())
        .filter(tables::live)
        .toList();
  }

  @Override
  public Written record(ScanKey key, int shard, int page, Outcomes read) {
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
    read.buckets().ifPresent(once(RunRecord.BUCKETS, sets, values));
    read.account().ifPresent(once(RunRecord.ACCOUNT, sets, values));
    if (!read.calls().isEmpty()) {
      SdkBytes rows = CallRows.write(read.calls());
      sets.add("#calls.#batch = :calls");
      // Calls are named by what they are: however often they are written, they are there once.
      names.put("#batch", UUID.nameUUIDFromBytes(rows.asByteArrayUnsafe()).toString());
      values.put(":calls", AttributeValue.fromB(rows));
    }
    if (sets.isEmpty()) {
      return new Written.Done();
    }
    String update = "SET " + String.join(", ", sets);
    Stored.names(update, Stored.EXISTS).forEach(names::putIfAbsent);
    return Writes.one(
        Written.Reason.RUN_OVER,
        () ->
            tables
                .client()
                .updateItem(request ->
                    request
                        .tableName(tables.scans())
                        .key(ScanTables.key(key, ScanKeys.shardPage(key.scan(), shard, page)))
                        .updateExpression(update)
                        .conditionExpression(Stored.EXISTS)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values)));
  }

  private static Consumer<WithCalls<?>> once(
      String name, List<String> sets, Map<String, AttributeValue> values) {
    return read -> {
      sets.add("#%1$s = if_not_exists(#%1$s, :%1$s)".formatted(name));
      values.put(":" + name, Stored.text(Json.write(read.outcome())));
    };
  }

  @Override
  public Written fail(Run run, Run.Failure failure, Ledger ledger) {
    return failed(run, failure, RunRecord.RUNNING, ledger, List.of());
  }

  @Override
  public Written stop(Run run, Run.Failure failure) {
    for (int attempt = 0; attempt < STOP_ATTEMPTS; attempt++) {
      Optional<Map<String, AttributeValue>> item = runItem(run.key());
      if (item.isEmpty() || !running().equals(item.get().get(RunRecord.STATE))) {
        return new Written.Refused(Written.Reason.RUN_OVER);
      }
      // A plan comes with all of its shards: one that is not seen here is not there.
      boolean planned = item.get().containsKey(RunRecord.PLAN);
      Optional<Plan> plan =
          reads
              .value(StoredForm.RUN, item.get(), () -> RunRecord.plan(item.get()))
              .flatMap(read -> read);
      List<Map<String, AttributeValue>> shards = shards(run.key());
      Ledger ledger = Ledger.of(run, plan, progress(shards));
      List<Map<String, AttributeValue>> items = new ArrayList<>(shards);
      tables
          .query(
              ScanKeys.partition(run.key()),
              ScanKeys.gathered(run.key().scan()),
              ScanTables.keysOnly())
          .forEach(items::add);
      Written written = failed(run, failure, planned ? PLANNED : UNPLANNED, ledger, items);
      if (written.done()) {
        return written;
      }
    }
    throw new IllegalStateException("a scan's shards write faster than it can be stopped");
  }

  /** Ends the run, with these items of its shards as they were read. */
  private Written failed(
      Run run,
      Run.Failure failure,
      String condition,
      Ledger ledger,
      List<Map<String, AttributeValue>> shards) {
    Transaction failing = failing(run, failure, condition, ledger, shards);
    int lock = failing.size();
    Set<Integer> refused =
        failing
            .delete(tables.scans(), RunRecord.lockKey(run), ABSENT_OR_OWN, RunRecord.own(run))
            .write();
    if (refused.equals(Set.of(lock))) {
      // Another run has taken the lock over, and keeps it.
      refused = failing(run, failure, condition, ledger, shards).write();
    }
    return refused.isEmpty() ? new Written.Done() : new Written.Refused(Written.Reason.RUN_OVER);
  }

  private Transaction failing(
      Run run,
      Run.Failure failure,
      String condition,
      Ledger ledger,
      List<Map<String, AttributeValue>> shards) {
    Transaction transaction =
        new Transaction(tables.client())
            .update(
                tables.scans(),
                RunRecord.key(run),
                "SET #state = :ended, #failure = :failure",
                condition,
                Map.of(
                    ":ended", RunRecord.state(Run.State.FAILED),
                    ":failure", Stored.text(Json.write(failure)),
                    ":running", running()));
    for (Map<String, AttributeValue> shard : shards) {
      transaction.delete(
          tables.scans(),
          ScanTables.key(run.key(), Stored.text(shard, Stored.SK)),
          isGathered(shard) ? Stored.EXISTS : AS_READ,
          isGathered(shard) ? Map.of() : Map.of(":calls", Stored.number(RunRecord.batches(shard))));
    }
    return LedgerRecord.put(transaction, tables.scans(), run.key(), ledger);
  }

  private static boolean isGathered(Map<String, AttributeValue> item) {
    return ScanKeys.isGathered(Stored.text(item, Stored.SK));
  }

  @Override
  public Optional<ScanId> stop(TenantId tenant, ConnectionId connection, Run.Failure failure) {
    return tables
        .item(tenant, connection, ScanKeys.RUNNING)
        .flatMap(lock -> reads.value(StoredForm.RUN, lock, () -> RunRecord.scan(lock)))
        .map(scan -> new ScanKey(tenant, connection, scan))
        // One that cannot be read cannot be told to stop; the connection's change refuses it.
        .flatMap(key ->
            runItem(key)
                .flatMap(item -> reads.value(StoredForm.RUN, item, () -> RunRecord.run(key, item))))
        .filter(run -> stop(run, failure).done())
        .map(run -> run.key().scan());
  }

  private Optional<Map<String, AttributeValue>> runItem(ScanKey key) {
    return tables
        .item(key.tenant(), key.connection(), ScanKeys.run(key.scan()))
        .filter(tables::live);
  }

  private static AttributeValue running() {
    return RunRecord.state(Run.State.RUNNING);
  }
}
