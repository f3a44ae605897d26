package io.cloudoperator.store;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.DeleteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Connections in DynamoDB: an item each, and one for each AWS account that an active connection
 * claims.
 *
 * <p>A change that leaves the claim as it is needs {@code dynamodb:UpdateItem} alone; {@code
 * PutItem} and {@code DeleteItem} are needed where accounts come and go.
 */
public final class DynamoConnectionStore implements ConnectionStore {
  private static final String HOLDER = "holder";
  private static final String UNCHANGED = "#version = :version";
  private static final String FREE_OR_HELD_BY = Stored.ABSENT + " OR #" + HOLDER + " = :" + HOLDER;
  private static final String HELD_BY = "#" + HOLDER + " = :" + HOLDER;
  private static final String NOT_ITS_ACCOUNT =
      Stored.ABSENT + " OR #status <> :active OR #account <> :account";

  private final DynamoDbClient client;
  private final String tableName;
  private final DynamoDbTable<Connection> table;

  /** Over the table of that name. */
  public DynamoConnectionStore(DynamoDbClient client, String tableName) {
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
  public Optional<Connection> find(TenantId tenant, ConnectionId id, Instant now) {
    return stored(tenant.value(), id.value()).filter(connection -> !connection.expired(now));
  }

  @Override
  public Page list(TenantId tenant, int limit, Optional<ConnectionId> after, Instant now) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has one connection or more");
    }
    QueryEnhancedRequest.Builder query =
        QueryEnhancedRequest.builder()
            .queryConditional(
                QueryConditional.sortBeginsWith(
                    Key.builder()
                        .partitionValue(tenant.value())
                        .sortValue(ConnectionRecord.PREFIX)
                        .build()))
            .consistentRead(true)
            .limit(limit + 1);
    after.ifPresent(seen -> query.exclusiveStartKey(Stored.key(tenant.value(), seen.value())));
    // One more than asked for tells whether there is another page.
    List<Connection> found =
        table.query(query.build()).items().stream()
            .filter(connection -> !connection.expired(now))
            .limit(limit + 1L)
            .toList();
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    return new Page(found.subList(0, limit), Optional.of(found.get(limit - 1).id()));
  }

  @Override
  public Saved save(Connection before, Connection after) {
    if (!before.tenant().equals(after.tenant()) || !before.id().equals(after.id())) {
      throw new IllegalArgumentException("both must be the same connection");
    }
    Connection next = withVersion(after, before.version() + 1);
    if (claim(before).equals(claim(next))) {
      return update(before, next);
    }
    return claim(next)
        .map(account -> saveWithClaim(before, next, account))
        .orElseGet(() -> transact(before, next, List.of()));
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

  private Saved saveWithClaim(Connection before, Connection next, AccountId account) {
    Saved saved =
        transact(
            before, next, List.of(claimPut(next, account, FREE_OR_HELD_BY, next.id().value())));
    if (saved != Saved.ACCOUNT_TAKEN) {
      return saved;
    }
    // A claim that its holder has no use for any more is taken over: both are checked once more
    // inside the transaction.
    Map<String, AttributeValue> key = claimKey(next.tenant(), account);
    Map<String, AttributeValue> held =
        client
            .getItem(
                GetItemRequest.builder().tableName(tableName).key(key).consistentRead(true).build())
            .item();
    if (held.isEmpty()) {
      return Saved.CHANGED_MEANWHILE;
    }
    String holder = Stored.text(held, HOLDER);
    boolean inUse =
        stored(next.tenant().value(), holder)
            .flatMap(DynamoConnectionStore::claim)
            .filter(account::equals)
            .isPresent();
    if (inUse) {
      return Saved.ACCOUNT_TAKEN;
    }
    return transact(
        before,
        next,
        List.of(
            claimPut(next, account, HELD_BY, holder), notInUse(next.tenant(), holder, account)));
  }

  private Saved transact(Connection before, Connection next, List<TransactWriteItem> claims) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(
        TransactWriteItem.builder()
            .put(
                Put.builder()
                    .tableName(tableName)
                    .item(ConnectionRecord.SCHEMA.itemToMap(next, true))
                    .conditionExpression(UNCHANGED)
                    .expressionAttributeNames(Stored.names(UNCHANGED))
                    .expressionAttributeValues(version(before))
                    .build())
            .build());
    items.addAll(claims);
    claim(before).ifPresent(account -> items.add(claimDelete(before, account)));
    Set<Integer> refused =
        Writes.all(() -> client.transactWriteItems(request -> request.transactItems(items)));
    if (refused.isEmpty()) {
      return Saved.SAVED;
    }
    return refused.contains(0) ? Saved.CHANGED_MEANWHILE : Saved.ACCOUNT_TAKEN;
  }

  @Override
  public boolean delete(Connection connection) {
    Optional<AccountId> account = claim(connection);
    if (account.isEmpty()) {
      return Writes.one(() ->
          table.deleteItem(
              DeleteItemEnhancedRequest.builder()
                  .key(key(connection.tenant().value(), connection.id().value()))
                  .conditionExpression(unchanged(connection))
                  .build()));
    }
    TransactWriteItem record =
        TransactWriteItem.builder()
            .delete(
                Delete.builder()
                    .tableName(tableName)
                    .key(Stored.key(connection.tenant().value(), connection.id().value()))
                    .conditionExpression(UNCHANGED)
                    .expressionAttributeNames(Stored.names(UNCHANGED))
                    .expressionAttributeValues(version(connection))
                    .build())
            .build();
    return Writes.all(() ->
            client.transactWriteItems(
                request -> request.transactItems(record, claimDelete(connection, account.get()))))
        .isEmpty();
  }

  @Override
  public List<Connection> due(Instant now, int limit) {
    String condition = "#dueBucket = :bucket AND #nextScanAt <= :now";
    return ConnectionRecord.DUE_BUCKETS.stream()
        .flatMap(bucket ->
            client
                .queryPaginator(
                    QueryRequest.builder()
                        .tableName(tableName)
                        .indexName(ConnectionRecord.DUE_INDEX)
                        .keyConditionExpression(condition)
                        .expressionAttributeNames(Stored.names(condition))
                        .expressionAttributeValues(
                            Map.of(":bucket", Stored.text(bucket), ":now", Stored.time(now)))
                        .limit(limit)
                        .build())
                .items()
                .stream()
                .limit(limit))
        .sorted(Comparator.comparing(item -> Stored.text(item, "nextScanAt")))
        .limit(limit)
        .flatMap(
            item -> stored(Stored.text(item, Stored.PK), Stored.text(item, Stored.SK)).stream())
        .filter(connection -> connection.nextScanAt().filter(due -> !due.isAfter(now)).isPresent())
        .toList();
  }

  private Optional<Connection> stored(String tenant, String id) {
    return Optional.ofNullable(
        table.getItem(request -> request.key(key(tenant, id)).consistentRead(true)));
  }

  /** The account that a connection keeps others of its tenant from. */
  private static Optional<AccountId> claim(Connection connection) {
    return connection.status() == ConnectionStatus.ACTIVE ? connection.account() : Optional.empty();
  }

  private TransactWriteItem claimPut(
      Connection connection, AccountId account, String condition, String holder) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(claimKey(connection.tenant(), account));
    item.put(HOLDER, Stored.text(connection.id().value()));
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(tableName)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeNames(Stored.names(condition))
                .expressionAttributeValues(Map.of(":" + HOLDER, Stored.text(holder)))
                .build())
        .build();
  }

  private TransactWriteItem claimDelete(Connection connection, AccountId account) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(tableName)
                .key(claimKey(connection.tenant(), account))
                .conditionExpression(FREE_OR_HELD_BY)
                .expressionAttributeNames(Stored.names(FREE_OR_HELD_BY))
                .expressionAttributeValues(
                    Map.of(":" + HOLDER, Stored.text(connection.id().value())))
                .build())
        .build();
  }

  private TransactWriteItem notInUse(TenantId tenant, String holder, AccountId account) {
    return TransactWriteItem.builder()
        .conditionCheck(
            ConditionCheck.builder()
                .tableName(tableName)
                .key(Stored.key(tenant.value(), holder))
                .conditionExpression(NOT_ITS_ACCOUNT)
                .expressionAttributeNames(Stored.names(NOT_ITS_ACCOUNT))
                .expressionAttributeValues(
                    Map.of(
                        ":active", Stored.text(Stored.word(ConnectionStatus.ACTIVE)),
                        ":account", Stored.text(account.value())))
                .build())
        .build();
  }

  private static Map<String, AttributeValue> claimKey(TenantId tenant, AccountId account) {
    return Stored.key(tenant.value(), "account#" + account.value());
  }

  private static Key key(String tenant, String id) {
    return Key.builder().partitionValue(tenant).sortValue(id).build();
  }

  private static Expression unchanged(Connection connection) {
    return expression(UNCHANGED, version(connection));
  }

  private static Map<String, AttributeValue> version(Connection connection) {
    return Map.of(":version", Stored.number(connection.version()));
  }

  private static Expression expression(String text, Map<String, AttributeValue> values) {
    return Expression.builder()
        .expression(text)
        .expressionNames(Stored.names(text))
        .expressionValues(values)
        .build();
  }

  private static Connection withVersion(Connection connection, long version) {
    return new Connection(
        connection.tenant(),
        connection.id(),
        connection.name(),
        connection.tier(),
        connection.status(),
        connection.createdAt(),
        connection.expiresAt(),
        connection.account(),
        connection.reference(),
        connection.proof(),
        connection.schedule(),
        connection.nextScanAt(),
        connection.disconnectedAt(),
        connection.generation(),
        version);
  }
}
