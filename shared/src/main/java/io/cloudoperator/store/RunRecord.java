package io.cloudoperator.store;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.StoredJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a run: itself, its lock, its idempotency key and its shards. */
final class RunRecord {
  static final String SCAN = "scan";
  static final String STATE = "state";
  static final String PLAN = "plan";
  static final String CHOICE = "choice";
  static final String FAILURE = "failure";
  static final String REGIONS = "regions";
  static final String BUCKETS = "buckets";
  static final String ACCOUNT = "account";

  /** Calls: of the planning in a run; in a shard by batch, as they were written. */
  static final String CALLS = LedgerRecord.CALLS;

  static final String DEADLINE = "deadline";

  static final String RUNNING = "#state = :running";
  static final String OWN = "#scan = :scan";

  private static final AttributeValue NONE = AttributeValue.fromM(Map.of());

  private RunRecord() {}

  static Map<String, AttributeValue> item(Run run) {
    Map<String, AttributeValue> item = keyed(run, ScanKeys.run(run.key().scan()));
    item.put(STATE, state(run.state()));
    item.put("generation", Stored.number(run.generation()));
    item.put("trigger", Stored.text(Stored.word(run.trigger())));
    // A run of all regions is stored as before there was a choice.
    if (run.choice().kind() != RegionChoice.Kind.ALL) {
      item.put(CHOICE, Stored.text(Json.write(run.choice())));
    }
    item.put("startedAt", Stored.time(run.startedAt()));
    item.put(DEADLINE, Stored.time(run.deadline()));
    return item;
  }

  static Run run(ScanKey key, Map<String, AttributeValue> item) {
    return new Run(
        key,
        Stored.number(item, "generation"),
        Stored.word(Run.Trigger.class, Stored.text(item, "trigger")),
        json(item, CHOICE, RegionChoice.class).orElse(RegionChoice.ALL),
        Stored.time(item, "startedAt"),
        Stored.time(item, DEADLINE),
        Stored.word(Run.State.class, Stored.text(item, STATE)),
        json(item, FAILURE, Run.Failure.class));
  }

  static AttributeValue state(Run.State state) {
    return Stored.text(Stored.word(state));
  }

  static Optional<Plan> plan(Map<String, AttributeValue> item) {
    return json(item, PLAN, Plan.class).map(plan -> plan.withCalls(LedgerRecord.calls(item)));
  }

  /** The plan without its calls, which are kept beside it. */
  static AttributeValue plan(Plan plan) {
    return Stored.text(Json.write(plan.withCalls(List.of())));
  }

  static Map<String, AttributeValue> key(Run run) {
    return ScanTables.key(run.key(), ScanKeys.run(run.key().scan()));
  }

  static Map<String, AttributeValue> lockKey(Run run) {
    return ScanTables.key(run.key(), ScanKeys.RUNNING);
  }

  /** The values of {@link #OWN}. */
  static Map<String, AttributeValue> own(Run run) {
    return Map.of(":scan", Stored.text(run.key().scan().value()));
  }

  static Map<String, AttributeValue> lock(Run run) {
    Map<String, AttributeValue> item = keyed(run, ScanKeys.RUNNING);
    item.put(SCAN, Stored.text(run.key().scan().value()));
    item.put(DEADLINE, Stored.time(run.deadline()));
    return item;
  }

  static Map<String, AttributeValue> idempotency(Run run, String key) {
    Map<String, AttributeValue> item = keyed(run, ScanKeys.idempotency(key));
    item.put(SCAN, Stored.text(run.key().scan().value()));
    return item;
  }

  static ScanId scan(Map<String, AttributeValue> lockOrIdempotency) {
    return new ScanId(Stored.text(lockOrIdempotency, SCAN));
  }

  /** A page of a shard. All pages have the form that a shard's only item had before. */
  static Map<String, AttributeValue> shard(Run run, Shard shard, int page) {
    Map<String, AttributeValue> item =
        keyed(run, ScanKeys.shardPage(run.key().scan(), shard.index(), page));
    item.put("shard", Stored.text(Json.write(shard)));
    // Filled one region at a time, by path: the maps must be there.
    item.put(REGIONS, NONE);
    item.put(CALLS, NONE);
    return item;
  }

  /** The item in which a shard gathers what is found of APIs. */
  static Map<String, AttributeValue> gathered(Run run, Shard shard) {
    Map<String, AttributeValue> item =
        keyed(run, ScanKeys.gathered(run.key().scan(), shard.index()));
    Parts.count(item, 0);
    return item;
  }

  /**
   * What a shard has written into one page. An outcome that cannot be read is left out, as if the
   * shard had not written it: it is unread, and not empty.
   *
   * @throws RuntimeException if not even the shard's regions can be read
   */
  static ShardProgress progress(Map<String, AttributeValue> item, StoredReads reads) {
    SortedMap<RegionName, RegionOutcome> regions = new TreeMap<>();
    item.getOrDefault(REGIONS, NONE)
        .m()
        .forEach((region, outcome) ->
            part(item, reads, () -> read(item, reads, outcome.s(), RegionOutcome.class))
                .ifPresent(read -> regions.put(new RegionName(region), read)));
    return new ShardProgress(
        Json.read(Stored.text(item, "shard"), Shard.class),
        calls(item, reads),
        regions,
        part(item, BUCKETS, BucketOutcome.class, reads),
        part(item, ACCOUNT, AccountChecks.class, reads));
  }

  private static <T> Optional<T> part(
      Map<String, AttributeValue> item, String name, Class<T> type, StoredReads reads) {
    return Optional.ofNullable(item.get(name))
        .flatMap(value -> part(item, reads, () -> read(item, reads, value.s(), type)));
  }

  private static <T> Optional<T> part(
      Map<String, AttributeValue> item, StoredReads reads, Supplier<T> read) {
    return reads.value(StoredForm.SHARD, item, read);
  }

  private static <T> T read(
      Map<String, AttributeValue> item, StoredReads reads, String json, Class<T> type) {
    return reads.whole(StoredForm.SHARD, item, StoredJson.read(json, type));
  }

  /** How often a shard has written calls: whatever it writes, it makes calls for. */
  static int batches(Map<String, AttributeValue> shard) {
    return shard.getOrDefault(CALLS, NONE).m().size();
  }

  private static List<Call> calls(Map<String, AttributeValue> shard, StoredReads reads) {
    return ShardProgress.calls(
        shard.getOrDefault(CALLS, NONE).m().values().stream()
            .flatMap(batch -> part(shard, reads, () -> CallRows.read(batch.b())).stream())
            .toList());
  }

  private static <T> Optional<T> json(
      Map<String, AttributeValue> item, String name, Class<T> type) {
    return Optional.ofNullable(item.get(name)).map(value -> Json.read(value.s(), type));
  }

  private static Map<String, AttributeValue> keyed(Run run, String sk) {
    Map<String, AttributeValue> item = new TreeMap<>(Stored.key(ScanKeys.partition(run.key()), sk));
    item.put(StoredForm.VERSION, StoredForm.version());
    item.put(Stored.TTL, Stored.number(until(run).getEpochSecond()));
    return item;
  }

  /** When what a run writes for itself may be deleted. */
  static Instant until(Run run) {
    return run.startedAt().plus(Run.KEPT_FOR);
  }
}
