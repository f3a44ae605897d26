package io.cloudoperator.store;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Deletions in DynamoDB. Each step is one transaction: what is deleted, under the condition that it
 * is there, and its count, under the condition that the deletion is open.
 */
public final class DynamoDeletionStore implements DeletionStore {
  // In vain each time that another request of the same scope has counted in between.
  private static final int CLOSE_ATTEMPTS = 20;

  private static final String ABSENT_OR_EXPIRED = Stored.ABSENT + " OR #ttl <= :now";
  private static final String WITHOUT_REFERENCE =
      Stored.EXISTS + " AND attribute_not_exists(#ciphertext)";
  private static final String REMOVE_REFERENCE =
      "REMOVE #dataKey, #nonce, #ciphertext, #schedule, #nextScanAt, #dueBucket";

  // Positions in the transactions.
  private static final int TALLY = 0;
  private static final int CLAIM = 2;

  private final ScanTables tables;
  private final String table;

  public DynamoDeletionStore(ScanTables tables) {
    this.tables = tables;
    this.table = tables.connections();
  }

  @Override
  public Optional<Deletion> find(Scope scope) {
    List<Map<String, AttributeValue>> items = items(scope);
    return items.stream().limit(1).allMatch(tables::live)
        ? deletion(scope, items)
        : Optional.empty();
  }

  @Override
  public boolean open(Deletion fresh, Optional<Deletion> known) {
    Map<String, AttributeValue> item = DeletionRecord.item(fresh, Optional.empty());
    Transaction transaction = new Transaction(tables.client());
    known.ifPresentOrElse(
        closed ->
            transaction.put(table, item, DeletionRecord.SAME_AND_CLOSED, DeletionRecord.id(closed)),
        () ->
            transaction.put(
                table,
                item,
                ABSENT_OR_EXPIRED,
                Map.of(":now", Stored.number(tables.clock().instant().getEpochSecond()))));
    DeletionRecord.counters(fresh).forEach(counter -> transaction.put(table, counter));
    return transaction.write().isEmpty();
  }

  @Override
  public Step disconnect(Deletion deletion, Connection before, Instant now) {
    if (before.status() == ConnectionStatus.DISCONNECTED) {
      throw new IllegalArgumentException("it is disconnected already");
    }
    Connection after = before.disconnected(now).atVersion(before.version() + 1);
    return withClaim(
        deletion.scope().tenant(),
        before.id(),
        AccountClaim.of(before),
        counts(true, before.schedule() != Schedule.OFF),
        counts ->
            tally(deletion, before.id(), counts)
                .put(
                    table,
                    ConnectionRecord.SCHEMA.itemToMap(after, true),
                    ConnectionRecord.UNCHANGED,
                    ConnectionRecord.version(before)));
  }

  @Override
  public Step disconnectUnreadable(Deletion deletion, ConnectionId id) {
    Map<String, AttributeValue> key = Stored.key(deletion.scope().tenant().value(), id.value());
    Map<String, AttributeValue> item =
        tables
            .client()
            .getItem(request -> request.tableName(table).key(key).consistentRead(true))
            .item();
    Optional<AttributeValue> schedule = Optional.ofNullable(item.get(ConnectionRecord.SCHEDULE));
    Map<What, Integer> counts =
        counts(
            item.containsKey(ConnectionRecord.CIPHERTEXT),
            schedule
                .filter(often -> !Stored.text(Stored.word(Schedule.OFF)).equals(often))
                .isPresent());
    Map<String, AttributeValue> values = new HashMap<>();
    String asRead =
        Stored.EXISTS
            + asRead(item, ConnectionRecord.CIPHERTEXT, values)
            + asRead(item, ConnectionRecord.SCHEDULE, values);
    return withClaim(
        deletion.scope().tenant(),
        id,
        Optional.ofNullable(item.get(ConnectionRecord.ACCOUNT)).map(AttributeValue::s),
        counts,
        counted ->
            tally(deletion, id, counted).update(table, key, REMOVE_REFERENCE, asRead, values));
  }

  private static String asRead(
      Map<String, AttributeValue> item, String name, Map<String, AttributeValue> values) {
    AttributeValue value = item.get(name);
    if (value == null) {
      return " AND attribute_not_exists(#" + name + ")";
    }
    values.put(":" + name, value);
    return " AND #" + name + " = :" + name;
  }

  private static Map<What, Integer> counts(boolean reference, boolean schedule) {
    Map<What, Integer> counts = new EnumMap<>(What.class);
    if (reference) {
      counts.put(What.ROLE_REFERENCES, 1);
    }
    if (schedule) {
      counts.put(What.SCHEDULES, 1);
    }
    return counts;
  }

  /**
   * Writes a transaction that deletes the connection's claim too; without it, if the claim has gone
   * or is another connection's.
   *
   * @param step a transaction that counts this much: the tally, and one item more
   */
  private Step withClaim(
      TenantId tenant,
      ConnectionId id,
      Optional<String> account,
      Map<What, Integer> counts,
      Function<Map<What, Integer>, Transaction> step) {
    if (account.isPresent()) {
      Map<What, Integer> more = new EnumMap<>(Map.of(What.ACCOUNT_CLAIMS, 1));
      more.putAll(counts);
      Set<Integer> refused =
          step.apply(more)
              .delete(
                  table,
                  AccountClaim.key(tenant, account.get()),
                  AccountClaim.HELD_BY,
                  AccountClaim.holder(id))
              .write();
      if (!refused.equals(Set.of(CLAIM))) {
        return step(refused);
      }
    }
    return counts.isEmpty() ? Step.DONE : step(step.apply(counts).write());
  }

  private static Step step(Set<Integer> refused) {
    if (refused.isEmpty()) {
      return Step.DONE;
    }
    return refused.contains(TALLY) ? Step.CLOSED : Step.CHANGED_MEANWHILE;
  }

  @Override
  public Step deleteConnection(Deletion deletion, ConnectionId id, Instant keptUntil) {
    return step(
        deletingConnection(
                tally(deletion, id, Map.of(What.CONNECTIONS, 1)), deletion.scope(), id, keptUntil)
            .write());
  }

  private Transaction deletingConnection(
      Transaction transaction, Scope scope, ConnectionId id, Instant keptUntil) {
    transaction.delete(
        table, Stored.key(scope.tenant().value(), id.value()), WITHOUT_REFERENCE, Map.of());
    Stream.of(Kind.DISCONNECT, Kind.PURGE)
        .map(kind -> Scope.of(kind, scope.tenant(), id))
        .filter(other -> !other.equals(scope))
        .flatMap(other -> items(other).stream())
        .forEach(item ->
            transaction.update(
                table,
                Stored.key(Stored.text(item, Stored.PK), Stored.text(item, Stored.SK)),
                "SET #ttl = :ttl",
                Stored.EXISTS,
                Map.of(":ttl", Stored.number(keptUntil.getEpochSecond()))));
    return transaction;
  }

  @Override
  public Step freeClaims(Deletion deletion) {
    TenantId tenant = deletion.scope().tenant();
    for (Map<String, AttributeValue> claim :
        query(tenant, "begins_with(#sk, :sk)", AccountClaim.PREFIX).toList()) {
      String account = AccountClaim.account(claim);
      ConnectionId holder = AccountClaim.holder(claim);
      Set<Integer> refused =
          tally(deletion, holder, Map.of(What.ACCOUNT_CLAIMS, 1))
              .delete(
                  table,
                  AccountClaim.key(tenant, account),
                  AccountClaim.HELD_BY,
                  AccountClaim.holder(holder))
              .check(
                  table,
                  Stored.key(tenant.value(), holder.value()),
                  AccountClaim.NOT_IN_USE,
                  AccountClaim.inUse(account))
              .write();
      if (step(refused) == Step.CLOSED) {
        return Step.CLOSED;
      }
    }
    return Step.DONE;
  }

  @Override
  public boolean anyOf(TenantId tenant) {
    return query(tenant, "#sk < :sk", DeletionRecord.PREFIX).findAny().isPresent();
  }

  @Override
  public Optional<Deletion> close(
      Deletion deletion,
      Optional<ConnectionId> last,
      Optional<Instant> keptUntil,
      Function<Deletion, String> receipt) {
    Scope scope = deletion.scope();
    Optional<ConnectionId> connection = last;
    for (int attempt = 0; attempt < CLOSE_ATTEMPTS; attempt++) {
      List<Map<String, AttributeValue>> items = items(scope);
      Optional<Deletion> counted =
          deletion(scope, items).filter(found -> found.id().equals(deletion.id()));
      if (counted.isEmpty() || counted.get().closed()) {
        return counted;
      }
      Deletion closed = closed(counted.get(), connection.isPresent(), receipt);
      Transaction closing =
          new Transaction(tables.client())
              .put(
                  table,
                  DeletionRecord.item(closed, keptUntil),
                  DeletionRecord.SAME_AND_OPEN,
                  DeletionRecord.id(deletion));
      for (Map<String, AttributeValue> counter : items.subList(1, items.size())) {
        closing.delete(
            table,
            Stored.key(Stored.text(counter, Stored.PK), Stored.text(counter, Stored.SK)),
            DeletionRecord.NOT_COUNTED_SINCE,
            DeletionRecord.tallies(counter));
      }
      int position = closing.size();
      connection.ifPresent(id -> deletingConnection(closing, scope, id, keptUntil.orElseThrow()));
      Set<Integer> refused = closing.write();
      if (refused.isEmpty()) {
        return Optional.of(closed);
      }
      if (refused.contains(position)) {
        // Another deletion has deleted it, and counts it.
        connection = Optional.empty();
      }
    }
    throw new IllegalStateException("a deletion counts faster than it can be closed");
  }

  private static Deletion closed(
      Deletion open, boolean withConnection, Function<Deletion, String> receipt) {
    Map<What, Long> counts = new HashMap<>(open.counts());
    if (withConnection) {
      counts.merge(What.CONNECTIONS, 1L, Long::sum);
    }
    Deletion last = new Deletion(open.scope(), open.id(), open.account(), counts, Optional.empty());
    return new Deletion(
        open.scope(), open.id(), open.account(), Map.of(), Optional.of(receipt.apply(last)));
  }

  private Transaction tally(Deletion deletion, ConnectionId concerned, Map<What, Integer> counts) {
    return DeletionRecord.tally(
        new Transaction(tables.client()), table, deletion, concerned, counts);
  }

  /** The deletion's own item first, and then those that count for it. */
  private List<Map<String, AttributeValue>> items(Scope scope) {
    return query(scope.tenant(), "begins_with(#sk, :sk)", DeletionRecord.sortKey(scope)).toList();
  }

  private Optional<Deletion> deletion(Scope scope, List<Map<String, AttributeValue>> items) {
    return items.stream()
        .findFirst()
        .map(item ->
            tables
                .reads()
                .valueOrThrow(
                    StoredForm.DELETION,
                    item,
                    () -> DeletionRecord.deletion(scope, item, items.subList(1, items.size()))));
  }

  private Stream<Map<String, AttributeValue>> query(
      TenantId tenant, String sortKeys, String sortKey) {
    String condition = "#pk = :pk AND " + sortKeys;
    return tables
        .client()
        .queryPaginator(
            QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(condition)
                .expressionAttributeNames(Stored.names(condition))
                .expressionAttributeValues(
                    Map.of(":pk", Stored.text(tenant.value()), ":sk", Stored.text(sortKey)))
                .build())
        .items()
        .stream();
  }
}
