package io.cloudoperator.store;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item of a connection. */
final class ConnectionRecord {
  /** Sort keys of connections begin so; those of claims on accounts do not. */
  static final String PREFIX = "con-";

  static final String DUE_INDEX = "due";

  /** The index's partitions: few enough to ask each, enough that none is hot. */
  static final List<String> DUE_BUCKETS = IntStream.range(0, 4).mapToObj(String::valueOf).toList();

  static final String ACCOUNT = "account";

  private static final String EXPIRES_AT = "expiresAt";
  private static final String DATA_KEY = "dataKey";
  private static final String NONCE = "nonce";
  private static final String CIPHERTEXT = "ciphertext";
  private static final String PROOF = "proof";
  private static final String NEXT_SCAN_AT = "nextScanAt";
  private static final String SUSPENDED_AT = "suspendedAt";
  private static final String DISCONNECTED_AT = "disconnectedAt";
  private static final String DUE_BUCKET = "dueBucket";

  /** What an item may have or not: who updates one removes what is not there any more. */
  static final List<String> OPTIONAL =
      List.of(
          EXPIRES_AT,
          ACCOUNT,
          DATA_KEY,
          NONCE,
          CIPHERTEXT,
          PROOF,
          NEXT_SCAN_AT,
          SUSPENDED_AT,
          DISCONNECTED_AT,
          DUE_BUCKET,
          Stored.TTL);

  private static final String SAME_GENERATION = "#generation = :generation";

  private ConnectionRecord() {}

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
      values.put(":" + Stored.word(status), status(status));
    }
    String condition =
        values.isEmpty()
            ? SAME_GENERATION
            : SAME_GENERATION + " AND #status IN (" + String.join(", ", values.keySet()) + ")";
    values.put(":generation", Stored.number(generation));
    return transaction.check(table, Stored.key(tenant.value(), id.value()), condition, values);
  }

  static AttributeValue status(ConnectionStatus status) {
    return Stored.text(Stored.word(status));
  }

  static Map<String, AttributeValue> key(Connection connection) {
    return Stored.key(connection.tenant().value(), connection.id().value());
  }

  static Map<String, AttributeValue> item(Connection connection) {
    Map<String, AttributeValue> item = new TreeMap<>(key(connection));
    item.put(StoredForm.VERSION, StoredForm.version());
    item.put("name", Stored.text(connection.name()));
    item.put("tier", Stored.text(Stored.word(connection.tier())));
    item.put("status", status(connection.status()));
    item.put("createdAt", Stored.time(connection.createdAt()));
    item.put("schedule", Stored.text(Stored.word(connection.schedule())));
    item.put("generation", Stored.number(connection.generation()));
    item.put("version", Stored.number(connection.version()));
    connection.account().ifPresent(account -> item.put(ACCOUNT, Stored.text(account.value())));
    connection
        .reference()
        .ifPresent(reference -> {
          item.put(DATA_KEY, Stored.text(reference.encryptedDataKey()));
          item.put(NONCE, Stored.text(reference.nonce()));
          item.put(CIPHERTEXT, Stored.text(reference.ciphertext()));
        });
    connection.proof().ifPresent(proof -> item.put(PROOF, Stored.text(Json.write(proof))));
    connection.suspendedAt().ifPresent(at -> item.put(SUSPENDED_AT, Stored.time(at)));
    connection.disconnectedAt().ifPresent(at -> item.put(DISCONNECTED_AT, Stored.time(at)));
    connection
        .expiresAt()
        .ifPresent(at -> {
          item.put(EXPIRES_AT, Stored.time(at));
          item.put(Stored.TTL, Stored.number(at.getEpochSecond()));
        });
    connection
        .nextScanAt()
        .ifPresent(at -> {
          item.put(NEXT_SCAN_AT, Stored.time(at));
          item.put(DUE_BUCKET, Stored.text(dueBucket(connection.id())));
        });
    return item;
  }

  // String.hashCode is specified: a connection stays in its bucket on every JVM.
  private static String dueBucket(ConnectionId id) {
    return DUE_BUCKETS.get(Math.floorMod(id.value().hashCode(), DUE_BUCKETS.size()));
  }

  /**
   * The connection of an item.
   *
   * @throws RuntimeException if it is not as it should be
   */
  static Connection connection(Map<String, AttributeValue> item) {
    return new Connection(
        new TenantId(Stored.text(item, Stored.PK)),
        new ConnectionId(Stored.text(item, Stored.SK)),
        Stored.text(item, "name"),
        Stored.word(Tier.class, Stored.text(item, "tier")),
        Stored.word(ConnectionStatus.class, Stored.text(item, "status")),
        Stored.time(item, "createdAt"),
        time(item, EXPIRES_AT),
        text(item, ACCOUNT).map(AccountId::new),
        text(item, CIPHERTEXT)
            .map(ciphertext ->
                new SealedReference(
                    Stored.text(item, DATA_KEY), Stored.text(item, NONCE), ciphertext)),
        text(item, PROOF).map(json -> Json.read(json, Proof.class)),
        Stored.word(Schedule.class, Stored.text(item, "schedule")),
        time(item, NEXT_SCAN_AT),
        time(item, SUSPENDED_AT),
        time(item, DISCONNECTED_AT),
        Stored.number(item, "generation"),
        Stored.number(item, "version"));
  }

  private static Optional<String> text(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? Optional.of(Stored.text(item, name)) : Optional.empty();
  }

  private static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
    return text(item, name).map(Instant::parse);
  }
}
