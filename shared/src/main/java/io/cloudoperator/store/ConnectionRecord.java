package io.cloudoperator.store;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondarySortKey;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.RoleVerification;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTag;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A connection while it is read: attributes arrive one at a time, the record is made at once. */
final class ConnectionRecord {
  /** Sort keys of connections begin so; those of claims on accounts do not. */
  static final String PREFIX = "con-";

  static final String DUE_INDEX = "due";

  /** Of those that are revoked or quarantined, by their status and since when. */
  static final String SUSPENDED_INDEX = "suspended";

  /** The index's partitions: few enough to ask each, enough that none is hot. */
  static final List<String> DUE_BUCKETS = IntStream.range(0, 4).mapToObj(String::valueOf).toList();

  static final String ACCOUNT = "account";

  static final TableSchema<Connection> SCHEMA = schema();

  static final String CIPHERTEXT = "ciphertext";

  static final String SCHEDULE = "schedule";

  /** That nobody has changed a connection since it was read, with {@link #version}. */
  static final String UNCHANGED = "#version = :version";

  private static final String SAME_GENERATION = "#generation = :generation";

  private @Nullable String tenant;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable String tier;
  private @Nullable String status;
  private @Nullable String createdAt;
  private @Nullable String expiresAt;
  private @Nullable String account;
  private @Nullable String dataKey;
  private @Nullable String nonce;
  private @Nullable String ciphertext;
  private @Nullable String proof;
  private @Nullable String schedule;
  private @Nullable String nextScanAt;
  private @Nullable String suspendedAt;
  private @Nullable String lapsedSince;
  private @Nullable String disconnectedAt;
  private @Nullable String verification;
  private long generation;
  private long version;

  /**
   * Adds a check that the connection is still in that generation and has one of these statuses; any
   * if none is named.
   */
  static Transaction check(
      Transaction transaction,
      String table,
      TenantId tenant,
      ConnectionId id,
      long generation,
      ConnectionStatus... statuses) {
    Map<String, AttributeValue> values = new TreeMap<>();
    for (ConnectionStatus status : statuses) {
      values.put(":" + Stored.word(status), Stored.text(Stored.word(status)));
    }
    String condition =
        values.isEmpty()
            ? SAME_GENERATION
            : SAME_GENERATION + " AND #status IN (" + String.join(", ", values.keySet()) + ")";
    values.put(":generation", Stored.number(generation));
    return transaction.check(table, Stored.key(tenant.value(), id.value()), condition, values);
  }

  static Connection connection(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(SCHEMA.mapToItem(item), "a stored connection has nothing");
  }

  static AttributeValue status(ConnectionStatus status) {
    return Stored.text(Stored.word(status));
  }

  /** The values of {@link #UNCHANGED}. */
  static Map<String, AttributeValue> version(Connection connection) {
    return Map.of(":version", Stored.number(connection.version()));
  }

  private static TableSchema<Connection> schema() {
    StaticImmutableTableSchema.Builder<Connection, ConnectionRecord> schema =
        StaticImmutableTableSchema.builder(Connection.class, ConnectionRecord.class)
            .newItemBuilder(ConnectionRecord::new, ConnectionRecord::connection);
    text(schema, Stored.PK, c -> c.tenant().value(), (r, v) -> r.tenant = v, primaryPartitionKey());
    text(schema, Stored.SK, c -> c.id().value(), (r, v) -> r.id = v, primarySortKey());
    text(schema, "name", Connection::name, (r, v) -> r.name = v);
    text(schema, "tier", c -> Stored.word(c.tier()), (r, v) -> r.tier = v);
    text(
        schema,
        "status",
        c -> Stored.word(c.status()),
        (r, v) -> r.status = v,
        secondaryPartitionKey(SUSPENDED_INDEX));
    text(schema, "createdAt", c -> Stored.timeText(c.createdAt()), (r, v) -> r.createdAt = v);
    text(schema, "expiresAt", c -> time(c.expiresAt()), (r, v) -> r.expiresAt = v);
    text(
        schema,
        ACCOUNT,
        c -> c.account().map(AccountId::value).orElse(null),
        (r, v) -> r.account = v);
    text(
        schema,
        "dataKey",
        c -> c.reference().map(SealedReference::encryptedDataKey).orElse(null),
        (r, v) -> r.dataKey = v);
    text(
        schema,
        "nonce",
        c -> c.reference().map(SealedReference::nonce).orElse(null),
        (r, v) -> r.nonce = v);
    text(
        schema,
        CIPHERTEXT,
        c -> c.reference().map(SealedReference::ciphertext).orElse(null),
        (r, v) -> r.ciphertext = v);
    text(schema, "proof", c -> c.proof().map(Json::write).orElse(null), (r, v) -> r.proof = v);
    text(schema, SCHEDULE, c -> Stored.word(c.schedule()), (r, v) -> r.schedule = v);
    text(
        schema,
        "nextScanAt",
        c -> time(c.nextScanAt()),
        (r, v) -> r.nextScanAt = v,
        secondarySortKey(DUE_INDEX));
    text(
        schema,
        "suspendedAt",
        c -> c.status().suspended() ? time(c.suspendedAt()) : null,
        (r, v) -> r.suspendedAt = v,
        secondarySortKey(SUSPENDED_INDEX));
    // Releases before refuse one that is disconnected and suspended, and do not look at this.
    text(
        schema,
        "lapsedSince",
        c -> c.status().suspended() ? null : time(c.suspendedAt()),
        (r, v) -> r.lapsedSince = v);
    text(schema, "disconnectedAt", c -> time(c.disconnectedAt()), (r, v) -> r.disconnectedAt = v);
    text(
        schema,
        "verification",
        c -> c.verification().map(Json::write).orElse(null),
        (r, v) -> r.verification = v);
    number(schema, "generation", Connection::generation, (r, v) -> r.generation = v);
    number(schema, "version", Connection::version, (r, v) -> r.version = v);
    number(schema, StoredForm.VERSION, _ -> (long) StoredForm.CURRENT, (_, _) -> {});
    // Two that follow from others, for the index and for DynamoDB's sweep.
    text(
        schema,
        "dueBucket",
        c -> c.nextScanAt().isPresent() ? dueBucket(c.id()) : null,
        (_, _) -> {},
        secondaryPartitionKey(DUE_INDEX));
    number(
        schema,
        Stored.TTL,
        c -> c.expiresAt().map(Instant::getEpochSecond).orElse(null),
        (_, _) -> {});
    return schema.build();
  }

  private static void text(
      StaticImmutableTableSchema.Builder<Connection, ConnectionRecord> schema,
      String name,
      Function<Connection, @Nullable String> get,
      BiConsumer<ConnectionRecord, String> set,
      StaticAttributeTag... tags) {
    schema.addAttribute(
        String.class, attribute -> attribute.name(name).getter(get).setter(set).tags(tags));
  }

  private static void number(
      StaticImmutableTableSchema.Builder<Connection, ConnectionRecord> schema,
      String name,
      Function<Connection, @Nullable Long> get,
      BiConsumer<ConnectionRecord, Long> set) {
    schema.addAttribute(Long.class, attribute -> attribute.name(name).getter(get).setter(set));
  }

  // String.hashCode is specified: a connection stays in its bucket on every JVM.
  private static String dueBucket(ConnectionId id) {
    return DUE_BUCKETS.get(Math.floorMod(id.value().hashCode(), DUE_BUCKETS.size()));
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Stored::timeText).orElse(null);
  }

  private Connection connection() {
    return new Connection(
        new TenantId(present("pk", tenant)),
        new ConnectionId(present("sk", id)),
        present("name", name),
        Stored.word(Tier.class, present("tier", tier)),
        Stored.word(ConnectionStatus.class, present("status", status)),
        Instant.parse(present("createdAt", createdAt)),
        Optional.ofNullable(expiresAt).map(Instant::parse),
        Optional.ofNullable(account).map(AccountId::new),
        Optional.ofNullable(ciphertext)
            .map(text ->
                new SealedReference(present("dataKey", dataKey), present("nonce", nonce), text)),
        Optional.ofNullable(proof).map(json -> Json.read(json, Proof.class)),
        Stored.word(Schedule.class, present("schedule", schedule)),
        Optional.ofNullable(nextScanAt).map(Instant::parse),
        Optional.ofNullable(suspendedAt == null ? lapsedSince : suspendedAt).map(Instant::parse),
        Optional.ofNullable(disconnectedAt).map(Instant::parse),
        // Releases before leave it where they disconnect.
        Optional.ofNullable(disconnectedAt == null ? verification : null)
            .map(json -> Json.read(json, RoleVerification.class)),
        generation,
        version);
  }

  private static String present(String name, @Nullable String value) {
    return Objects.requireNonNull(value, () -> "a stored connection has no " + name);
  }
}
