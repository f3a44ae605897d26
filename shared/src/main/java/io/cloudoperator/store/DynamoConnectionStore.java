package io.cloudoperator.store;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.FairShare;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.UnreadableItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Connections in DynamoDB: an item each, and one for each AWS account that a connection claims from
 * its first proof until it is disconnected.
 *
 * <p>A change that leaves the claim as it is needs {@code dynamodb:UpdateItem} alone; {@code
 * PutItem} and {@code DeleteItem} are needed where accounts come and go.
 */
public final class DynamoConnectionStore implements ConnectionStore {
  /** How many times as many connections that are due as are asked for share the turns. */
  private static final int SHARED_BETWEEN = 20;

  private final DynamoDbClient client;
  private final String tableName;
  private final DynamoDbTable<Connection> table;
  private final StoredReads reads;

  /** As the other one; nobody is told of what cannot be read. */
  public DynamoConnectionStore(DynamoDbClient client, String tableName) {
    this(client, tableName, UnreadableItems.IGNORED);
  }

  /**
   * Over the table of that name.
   *
   * @param unreadable is told of rows that cannot be read
   */
  public DynamoConnectionStore(
      DynamoDbClient client, String tableName, UnreadableItems unreadable) {
    this.reads = new StoredReads(unreadable);
    this.client = client;
    this.tableName = tableName;
    this.table =
        DynamoDbEnhancedClient.builder()
            .dynamoDbClient(client)
            .extensions(List.of())
            .build()
            .table(tableName, ConnectionRecord.SCHEMA);
  }

  @Override
  public void create(Connection connection) {
    if (connection.status() != ConnectionStatus.PENDING) {
      throw new IllegalArgumentException("a connection is pending when it is created");
    }
    boolean created =
        Writes.one(() ->
            table.putItem(
                PutItemEnhancedRequest.builder(Connection.class)
                    .item(connection)
                    .conditionExpression(expression(Stored.ABSENT, Map.of()))
                    .build()));
    if (!created) {
      throw new IllegalStateException("a connection of this id exists already");
    }
  }

  @Override
  public Optional<Connection> stored(TenantId tenant, ConnectionId id) {
    return item(tenant, id)
        .map(item ->
            reads.valueOrThrow(
                StoredForm.CONNECTION, item, () -> ConnectionRecord.connection(item)));
  }

  @Override
  public Page list(TenantId tenant, int limit, Optional<ConnectionId> after, Instant now) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has one connection or more");
    }
    String condition = "#pk = :pk AND begins_with(#sk, :prefix)";
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(tableName)
            .keyConditionExpression(condition)
            .expressionAttributeNames(Stored.names(condition))
            .expressionAttributeValues(
                Map.of(
                    ":pk", Stored.text(tenant.value()),
                    ":prefix", Stored.text(ConnectionRecord.PREFIX)))
            .consistentRead(true)
            .limit(limit + 1);
    after.ifPresent(seen -> query.exclusiveStartKey(Stored.key(tenant.value(), seen.value())));
    List<Connection> found = new ArrayList<>();
    List<ConnectionId> unreadable = new ArrayList<>();
    Optional<ConnectionId> last = Optional.empty();
    for (Map<String, AttributeValue> item : client.queryPaginator(query.build()).items()) {
      Optional<Connection> connection = readable(item);
      if (connection.filter(read -> read.expired(now)).isPresent()) {
        continue;
      }
      if (found.size() + unreadable.size() == limit) {
        return new Page(found, unreadable, last);
      }
      ConnectionId id = new ConnectionId(Stored.text(item, Stored.SK));
      connection.map(read -> read.asOf(now)).ifPresentOrElse(found::add, () -> unreadable.add(id));
      last = Optional.of(id);
    }
    return new Page(found, unreadable, Optional.empty());
  }

  private Optional<Connection> readable(Map<String, AttributeValue> item) {
    return reads.value(StoredForm.CONNECTION, item, () -> ConnectionRecord.connection(item));
  }

  @Override
  public Saved save(Connection before, Connection after) {
    if (!before.tenant().equals(after.tenant()) || !before.id().equals(after.id())) {
      throw new IllegalArgumentException("both must be the same connection");
    }
    Connection next = after.atVersion(before.version() + 1);
    if (AccountClaim.of(before).equals(AccountClaim.of(next))) {
      return update(before, next);
    }
    return AccountClaim.of(next)
        .map(account -> saveWithClaim(before, next, account))
        .orElseGet(() -> saveAll(before, next, transaction -> transaction));
  }

  private Saved update(Connection before, Connection next) {
    boolean saved =
        Writes.one(() ->
            table.updateItem(
                UpdateItemEnhancedRequest.builder(Connection.class)
                    .item(next)
                    .conditionExpression(unchanged(before))
                    .build()));
    return saved ? Saved.SAVED : Saved.CHANGED_MEANWHILE;
  }

  private Saved saveWithClaim(Connection before, Connection next, String account) {
    Saved saved =
        saveAll(
            before,
            next,
            transaction ->
                transaction.put(
                    tableName,
                    AccountClaim.item(next, account),
                    AccountClaim.FREE_OR_HELD_BY,
                    AccountClaim.holder(next.id())));
    if (saved != Saved.ACCOUNT_TAKEN) {
      return saved;
    }
    Map<String, AttributeValue> held =
        client
            .getItem(request ->
                request
                    .tableName(tableName)
                    .key(AccountClaim.key(next.tenant(), account))
                    .consistentRead(true))
            .item();
    if (held.isEmpty()) {
      return Saved.CHANGED_MEANWHILE;
    }
    ConnectionId holder = AccountClaim.holder(held);
    // Of a holder that cannot be read nobody can say that it does not need the account.
    boolean inUse =
        item(next.tenant(), holder)
            .filter(item ->
                readable(item)
                    .map(read -> AccountClaim.of(read).filter(account::equals).isPresent())
                    .orElse(true))
            .isPresent();
    return inUse ? Saved.ACCOUNT_TAKEN : takeOver(before, next, account, holder);
  }

  /** Takes a claim that its holder has no use for any more, if that is so when it is written. */
  private Saved takeOver(Connection before, Connection next, String account, ConnectionId holder) {
    return saveAll(
        before,
        next,
        transaction ->
            transaction
                .put(
                    tableName,
                    AccountClaim.item(next, account),
                    AccountClaim.HELD_BY,
                    AccountClaim.holder(holder))
                .check(
                    tableName,
                    Stored.key(next.tenant().value(), holder.value()),
                    AccountClaim.NOT_IN_USE,
                    AccountClaim.inUse(account)));
  }

  private Saved saveAll(Connection before, Connection next, UnaryOperator<Transaction> claims) {
    Transaction transaction =
        new Transaction(client)
            .put(
                tableName,
                ConnectionRecord.SCHEMA.itemToMap(next, true),
                ConnectionRecord.UNCHANGED,
                ConnectionRecord.version(before));
    Set<Integer> refused = freed(before, claims.apply(transaction)).write();
    if (refused.isEmpty()) {
      return Saved.SAVED;
    }
    return refused.contains(0) ? Saved.CHANGED_MEANWHILE : Saved.ACCOUNT_TAKEN;
  }

  @Override
  public List<Connection> due(Instant now, int limit) {
    List<Map<String, AttributeValue>> waiting =
        ConnectionRecord.DUE_BUCKETS.stream()
            .flatMap(bucket ->
                indexed(
                    ConnectionRecord.DUE_INDEX,
                    "#dueBucket = :bucket AND #nextScanAt <= :now",
                    Map.of(":bucket", Stored.text(bucket), ":now", Stored.time(now)),
                    SHARED_BETWEEN * limit))
            .sorted(Comparator.comparing(item -> Stored.text(item, "nextScanAt")))
            .toList();
    return FairShare.of(waiting, item -> Stored.text(item, Stored.PK), limit).stream()
        .flatMap(this::current)
        .filter(connection -> connection.nextScanAt().filter(due -> !due.isAfter(now)).isPresent())
        .toList();
  }

  @Override
  public List<Connection> lapsed(Instant now, int limit) {
    AttributeValue since = Stored.time(now.minus(Connection.SUSPENDED_FOR));
    return Stream.of(ConnectionStatus.REVOKED, ConnectionStatus.QUARANTINED)
        .flatMap(status ->
            indexed(
                ConnectionRecord.SUSPENDED_INDEX,
                "#status = :status AND #suspendedAt <= :since",
                Map.of(":status", ConnectionRecord.status(status), ":since", since),
                limit))
        .limit(limit)
        .flatMap(this::current)
        .filter(connection -> !connection.asOf(now).equals(connection))
        .toList();
  }

  /** The first items of an index, which has their keys alone. */
  private Stream<Map<String, AttributeValue>> indexed(
      String index, String condition, Map<String, AttributeValue> values, int limit) {
    return client
        .queryPaginator(
            QueryRequest.builder()
                .tableName(tableName)
                .indexName(index)
                .keyConditionExpression(condition)
                .expressionAttributeNames(Stored.names(condition))
                .expressionAttributeValues(values)
                .limit(limit)
                .build())
        .items()
        .stream()
        .limit(limit);
  }

  /** The connection of an item of an index, as the table has it now. */
  private Stream<Connection> current(Map<String, AttributeValue> indexed) {
    return item(
        new TenantId(Stored.text(indexed, Stored.PK)),
        new ConnectionId(Stored.text(indexed, Stored.SK)))
        .flatMap(this::readable)
        .stream();
  }

  private Optional<Map<String, AttributeValue>> item(TenantId tenant, ConnectionId id) {
    Map<String, AttributeValue> key = Stored.key(tenant.value(), id.value());
    return Optional.of(
            client
                .getItem(request -> request.tableName(tableName).key(key).consistentRead(true))
                .item())
        .filter(item -> !item.isEmpty());
  }

  private Transaction freed(Connection connection, Transaction transaction) {
    AccountClaim.of(connection)
        .ifPresent(account ->
            transaction.delete(
                tableName,
                AccountClaim.key(connection.tenant(), account),
                AccountClaim.FREE_OR_HELD_BY,
                AccountClaim.holder(connection.id())));
    return transaction;
  }

  private static Expression unchanged(Connection connection) {
    return expression(ConnectionRecord.UNCHANGED, ConnectionRecord.version(connection));
  }

  private static Expression expression(String text, Map<String, AttributeValue> values) {
    return Expression.builder()
        .expression(text)
        .expressionNames(Stored.names(text))
        .expressionValues(values)
        .build();
  }
}
