package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.connection.DeletionStore.Step;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.UuidV7;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.store.stored.UnreadableException;
import io.cloudoperator.store.stored.UnreadableItems;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is deleted is counted in the write that deletes it, once, whoever else is at it. */
@ExtendWith(DeployedTables.Extension.class)
class DynamoDeletionStoreTest extends RunsOfAConnection {
  private static final Instant LATER = NOW.plusSeconds(3_600);
  private static final Optional<ConnectionId> NONE = Optional.empty();

  DynamoDeletionStoreTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void countsWhatADisconnectDeletes() {
    Deletion deletion = opened(Kind.DISCONNECT);

    assertThat(deletions.disconnect(deletion, connection, NOW)).isEqualTo(Step.DONE);

    assertThat(counts(deletion))
        .as("it was never scheduled")
        .isEqualTo(Map.of(What.ROLE_REFERENCES, 1L, What.ACCOUNT_CLAIMS, 1L));
    assertThat(reread().reference()).isEmpty();
    assertThat(item("account#" + ACCOUNT.value())).isEmpty();
  }

  @Test
  void countsASchedule() {
    change(active -> active.scheduled(Schedule.DAILY, NOW));
    Deletion deletion = opened(Kind.DISCONNECT);

    deletions.disconnect(deletion, connection, NOW);

    assertThat(counts(deletion)).containsEntry(What.SCHEDULES, 1L);
    assertThat(reread().schedule()).isEqualTo(Schedule.OFF);
  }

  @Test
  void countsNoClaimThatHasGone() {
    delete("account#" + ACCOUNT.value());
    Deletion deletion = opened(Kind.DISCONNECT);

    assertThat(deletions.disconnect(deletion, connection, NOW)).isEqualTo(Step.DONE);

    assertThat(counts(deletion)).isEqualTo(Map.of(What.ROLE_REFERENCES, 1L));
    assertThat(reread().reference()).isEmpty();
  }

  @Test
  void leavesAClaimThatAnotherConnectionHas() {
    String claim = "account#" + ACCOUNT.value();
    set(claim, "holder", Stored.text("con-" + "f".repeat(32)));
    Deletion deletion = opened(Kind.DISCONNECT);

    assertThat(deletions.disconnect(deletion, connection, NOW)).isEqualTo(Step.DONE);

    assertThat(counts(deletion)).doesNotContainKey(What.ACCOUNT_CLAIMS);
    assertThat(item(claim)).isNotEmpty();
  }

  @Test
  void countsNothingOfAnOutdatedCopy() {
    Connection outdated = connection;
    change(active -> active.scheduled(Schedule.DAILY, NOW));
    Deletion deletion = opened(Kind.DISCONNECT);

    assertThat(deletions.disconnect(deletion, outdated, NOW)).isEqualTo(Step.CHANGED_MEANWHILE);

    assertThat(counts(deletion)).isEmpty();
    assertThat(reread()).isEqualTo(connection);
  }

  @Test
  void deletesNothingOnceItIsClosed() {
    concluded(1);
    Deletion deletion = opened(Kind.DISCONNECT);
    closed(deletion);

    assertThat(deletions.disconnect(deletion, connection, NOW)).isEqualTo(Step.CLOSED);
    assertThat(retention.purge(deletion, connection.id())).isEqualTo(Step.CLOSED);
    assertThat(deletions.freeClaims(deletion)).isEqualTo(Step.CLOSED);
    change(active -> active.disconnected(NOW));
    assertThat(deletions.deleteConnection(deletion, connection.id(), LATER)).isEqualTo(Step.CLOSED);
    damage();
    assertThat(deletions.disconnectUnreadable(deletion, connection.id())).isEqualTo(Step.CLOSED);

    assertThat(partition()).isNotEmpty();
    assertThat(item(connection.id().value())).isNotEmpty();
  }

  @Test
  void countsEachResultOnceHoweverManyPurgeAtOnce() throws Exception {
    concluded(6);
    planned();
    int rows = partition().size();
    assertThat(rows).isGreaterThan(15);
    Deletion deletion = opened(Kind.PURGE);
    ScanRetention together = new DynamoScanRetention(listedByAllBeforeAnyDeletes(4));

    AtOnce.run(4, _ -> together.purge(deletion, connection.id()));

    assertThat(partition()).isEmpty();
    assertThat(counts(deletion))
        .isEqualTo(Map.of(What.SNAPSHOTS, 6L, What.RUNS, 7L, What.LEDGERS, 6L));
  }

  /** Tables whose callers wait for each other before their first transactions. */
  private ScanTables listedByAllBeforeAnyDeletes(int callers) {
    DynamoDbClient client = tables.client();
    CyclicBarrier barrier = new CyclicBarrier(callers);
    Set<Thread> arrived = ConcurrentHashMap.newKeySet();
    DynamoDbClient waiting =
        (DynamoDbClient)
            Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("transactWriteItems")
                      && arrived.add(Thread.currentThread())) {
                    barrier.await();
                  }
                  try {
                    return method.invoke(client, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                  }
                });
    return new ScanTables(
        waiting, tables.scans(), tables.connections(), () -> clock, UnreadableItems.IGNORED);
  }

  /** Whether a purge comes before the receipt or after it, the receipt says what was deleted. */
  @Test
  void countsNothingThatTheReceiptDoesNotSay() throws Exception {
    for (int round = 0; round < 5; round++) {
      concluded(6);
      Deletion deletion = opened(Kind.PURGE);

      List<Optional<Deletion>> closed =
          AtOnce.run(
              2,
              who -> {
                if (who == 0) {
                  retention.purge(deletion, connection.id());
                  return Optional.<Deletion>empty();
                }
                return deletions.close(
                    deletion, NONE, Optional.of(NOW), counted -> counted.counts().toString());
              });

      long left =
          partition().stream()
              .filter(item -> ScanKeys.isSnapshot(Stored.text(item, Stored.SK)))
              .count();
      assertThat(closed.get(1).flatMap(Deletion::receipt).orElseThrow())
          .contains(left == 6 ? "" : "SNAPSHOTS=" + (6 - left));
      purge();
    }
  }

  @Test
  void isOpenedByOneOfMany() throws Exception {
    Scope scope = scope(Kind.PURGE);

    List<Boolean> opened = AtOnce.run(6, _ -> deletions.open(fresh(scope), Optional.empty()));

    assertThat(opened).filteredOn(Boolean::booleanValue).hasSize(1);
  }

  @Test
  void isReplacedOnlyWhenClosedAndOnlyByWhoKnowsIt() {
    Deletion first = opened(Kind.PURGE);
    assertThat(deletions.open(fresh(first.scope()), Optional.of(first))).isFalse();
    closed(first);

    assertThat(deletions.open(fresh(first.scope()), Optional.empty())).isFalse();
    assertThat(deletions.open(fresh(first.scope()), Optional.of(fresh(first.scope())))).isFalse();
    Deletion second = fresh(first.scope());
    assertThat(deletions.open(second, Optional.of(first))).isTrue();

    assertThat(deletions.find(first.scope())).contains(second);
    assertThat(deletions.close(first, NONE, Optional.of(LATER), _ -> "late")).isEmpty();
    assertThat(deletions.disconnect(first, connection, NOW)).isEqualTo(Step.CLOSED);
  }

  @Test
  void keepsItsReceiptToTheLetterWhoeverClosesItAgain() {
    Deletion deletion = opened(Kind.PURGE);
    closed(deletion);

    assertThat(deletions.close(deletion, NONE, Optional.of(LATER), _ -> "another"))
        .isEqualTo(deletions.find(deletion.scope()));
    assertThat(deletions.find(deletion.scope()).flatMap(Deletion::receipt)).contains("receipt");
    assertThat(deletions.find(deletion.scope()).flatMap(Deletion::account)).contains(ACCOUNT);
  }

  @Test
  void isForgottenWhenItsTimeIsOver() {
    Deletion deletion = opened(Kind.PURGE);
    closed(deletion);
    clock = LATER.minusSeconds(1);
    assertThat(deletions.find(deletion.scope())).isPresent();

    clock = LATER;

    assertThat(deletions.find(deletion.scope())).isEmpty();
    assertThat(deletions.open(fresh(deletion.scope()), Optional.empty())).isTrue();
  }

  @Test
  void deletesARecordInTheWriteThatClosesTheDeletionAndCountsIt() {
    change(active -> active.disconnected(NOW));
    Deletion deletion = opened(Kind.PURGE);

    Optional<Deletion> closed =
        deletions.close(
            deletion,
            Optional.of(connection.id()),
            Optional.of(LATER),
            counted -> counted.counts().toString());

    assertThat(closed.flatMap(Deletion::receipt)).contains("{CONNECTIONS=1}");
    assertThat(item(connection.id().value())).isEmpty();
  }

  @Test
  void countsNoRecordThatAnotherDeletionHasDeleted() {
    change(active -> active.disconnected(NOW));
    Deletion first = opened(Kind.PURGE);
    Deletion second = opened(Kind.DISCONNECT);
    closed(second, Optional.of(connection.id()));

    assertThat(
            deletions
                .close(
                    first,
                    Optional.of(connection.id()),
                    Optional.of(LATER),
                    counted -> counted.counts().toString())
                .flatMap(Deletion::receipt))
        .contains("{}");
  }

  @Test
  void deletesNoRecordThatHasAReference() {
    Deletion deletion = opened(Kind.PURGE);

    assertThat(deletions.deleteConnection(deletion, connection.id(), LATER))
        .isEqualTo(Step.CHANGED_MEANWHILE);

    assertThat(reread()).isEqualTo(connection);
    assertThat(counts(deletion)).isEmpty();
  }

  /** Their receipts can be asked for again, by those who missed them, but not for ever. */
  @Test
  void forgetsOtherDeletionsOfAConnectionSomeTimeAfterItsRecord() {
    Deletion disconnect = opened(Kind.DISCONNECT);
    deletions.disconnect(disconnect, connection, NOW);
    Deletion purge = opened(Kind.PURGE);

    closed(purge, Optional.of(connection.id()));

    assertThat(counts(disconnect)).containsEntry(What.ROLE_REFERENCES, 1L);
    clock = LATER;
    assertThat(deletions.find(disconnect.scope())).isEmpty();
    assertThat(
            tables
                .client()
                .query(query ->
                    query
                        .tableName(tables.connections())
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", Stored.text(tenant.value()))))
                .items())
        .as("for DynamoDB to delete")
        .hasSize(3)
        .allMatch(item -> item.containsKey(Stored.TTL));
  }

  @Test
  void takesWhatThereIsOfAConnectionThatCannotBeRead() {
    change(active -> active.scheduled(Schedule.DAILY, NOW));
    damage();
    Deletion deletion = opened(Kind.DISCONNECT);

    assertThat(deletions.disconnectUnreadable(deletion, connection.id())).isEqualTo(Step.DONE);

    Map<What, Long> all =
        Map.of(What.ROLE_REFERENCES, 1L, What.SCHEDULES, 1L, What.ACCOUNT_CLAIMS, 1L);
    assertThat(counts(deletion)).isEqualTo(all);
    assertThat(item(connection.id().value()))
        .isNotEmpty()
        .doesNotContainKeys(
            "dataKey", "nonce", "ciphertext", "schedule", "nextScanAt", "dueBucket");
    assertThat(item("account#" + ACCOUNT.value())).isEmpty();
    assertThatThrownBy(this::reread).isInstanceOf(UnreadableException.class);
    deletions.disconnectUnreadable(deletion, connection.id());
    assertThat(counts(deletion)).as("once").isEqualTo(all);
  }

  @Test
  void freesOnlyClaimsThatNoConnectionHas() {
    Connection lost = Sample.pending(tenant);
    connections.create(lost);
    connections.save(lost, lost.proven(new AccountId("1".repeat(12)), PROOF));
    delete(lost.id().value());
    Deletion deletion = fresh(Scope.of(tenant));
    deletions.open(deletion, Optional.empty());

    assertThat(deletions.freeClaims(deletion)).isEqualTo(Step.DONE);
    assertThat(deletions.freeClaims(deletion)).isEqualTo(Step.DONE);

    assertThat(counts(deletion)).isEqualTo(Map.of(What.ACCOUNT_CLAIMS, 1L));
    assertThat(item("account#" + ACCOUNT.value())).isNotEmpty();
  }

  @Test
  void addsUpWhatManyCountForATenantAtOnce() throws Exception {
    List<Connection> many = new ArrayList<>(List.of(connection));
    IntStream.range(0, 40)
        .forEach(_ -> {
          Connection pending = Sample.pending(tenant);
          connections.create(pending);
          many.add(pending);
        });
    Deletion deletion = fresh(Scope.of(tenant));
    deletions.open(deletion, Optional.empty());

    AtOnce.run(many.size(), i -> deletions.disconnect(deletion, many.get(i), NOW));

    assertThat(counts(deletion))
        .isEqualTo(Map.of(What.ROLE_REFERENCES, 41L, What.ACCOUNT_CLAIMS, 1L));
    assertThat(
            deletions
                .close(deletion, NONE, Optional.of(LATER), counted -> counted.counts().toString())
                .flatMap(Deletion::receipt))
        .contains("{ROLE_REFERENCES=41, ACCOUNT_CLAIMS=1}");
  }

  @Test
  void knowsWhetherATenantHasAnything() {
    Deletion deletion = opened(Kind.DISCONNECT);
    assertThat(deletions.anyOf(tenant)).isTrue();

    deletions.disconnect(deletion, connection, NOW);
    assertThat(deletions.anyOf(tenant)).isTrue();

    closed(deletion, Optional.of(connection.id()));
    assertThat(deletions.anyOf(tenant)).as("its receipts do not count").isFalse();
  }

  private Scope scope(Kind kind) {
    return Scope.of(kind, tenant, connection.id());
  }

  private Deletion fresh(Scope scope) {
    return Deletion.open(scope, UuidV7.at(NOW, Sample.RANDOM), Optional.empty());
  }

  private void closed(Deletion deletion) {
    closed(deletion, NONE);
  }

  private void closed(Deletion deletion, Optional<ConnectionId> last) {
    assertThat(deletions.close(deletion, last, Optional.of(LATER), _ -> "receipt")).isPresent();
  }

  private Map<What, Long> counts(Deletion deletion) {
    return deletions.find(deletion.scope()).orElseThrow().counts();
  }

  private Connection reread() {
    return connections.find(tenant, connection.id(), NOW).orElseThrow();
  }

  private Map<String, AttributeValue> item(String sk) {
    return tables
        .client()
        .getItem(get -> get.tableName(tables.connections()).key(Stored.key(tenant.value(), sk)))
        .item();
  }

  private void delete(String sk) {
    tables
        .client()
        .deleteItem(
            delete -> delete.tableName(tables.connections()).key(Stored.key(tenant.value(), sk)));
  }

  private void damage() {
    set(connection.id().value(), "tier", Stored.text("everything"));
  }

  private void set(String sk, String name, AttributeValue value) {
    tables
        .client()
        .updateItem(update ->
            update
                .tableName(tables.connections())
                .key(Stored.key(tenant.value(), sk))
                .updateExpression("SET #name = :value")
                .expressionAttributeNames(Map.of("#name", name))
                .expressionAttributeValues(Map.of(":value", value)));
  }
}
