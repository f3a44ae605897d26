package io.cloudoperator.store;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanStore.Ledgers;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The ledgers among the items of the scans table. */
final class StoredLedgers {
  private final DynamoDbClient client;
  private final String scans;
  private final String connections;
  private final ScanPartitions partitions;
  private final StoredReads reads;

  StoredLedgers(
      DynamoDbClient client,
      String scans,
      String connections,
      ScanPartitions partitions,
      StoredReads reads) {
    this.client = client;
    this.scans = scans;
    this.connections = connections;
    this.partitions = partitions;
    this.reads = reads;
  }

  /** Adds a scan's ledger to what ends its run. */
  Transaction put(Transaction transaction, ScanKey key, Ledger ledger) {
    if (ledger.kind() != Ledger.Kind.SCAN || !ledger.session().equals(key.scan())) {
      throw new IllegalArgumentException("the ledger is not one of this run");
    }
    return put(transaction, ScanKeys.partition(key), ledger, Optional.empty());
  }

  private Transaction put(
      Transaction transaction, String partition, Ledger ledger, Optional<Instant> until) {
    LedgerRecord.items(partition, ledger, until)
        .forEach(item -> transaction.put(scans, item, Stored.ABSENT, Map.of()));
    return transaction;
  }

  /** Keeps a verification's; whether the connection is still there for it. */
  boolean keep(Connection connection, Ledger ledger) {
    if (ledger.kind() != Ledger.Kind.VERIFICATION) {
      throw new IllegalArgumentException("the ledger is not one of a verification");
    }
    String partition = ScanKeys.partition(connection.tenant(), connection.id());
    if (ledger.calls().isEmpty()) {
      return true;
    }
    boolean kept =
        put(
                ConnectionRecord.checkGeneration(
                    new Transaction(client),
                    connections,
                    connection.tenant(),
                    connection.id(),
                    connection.generation()),
                partition,
                ledger,
                connection.expiresAt())
            .write()
            .isEmpty();
    if (kept && connection.status() != ConnectionStatus.PENDING) {
      keepForGood(partition);
    }
    return kept;
  }

  /** A pending connection vanishes with its ledgers; one that became active keeps them. */
  private void keepForGood(String partition) {
    String update = "REMOVE #ttl";
    partitions
        .query(partition, ScanKeys.ledgers(Ledger.Kind.VERIFICATION), QueryRequest.builder())
        .filter(item -> item.containsKey(Stored.TTL))
        .map(item -> Stored.text(item, Stored.SK))
        .toList()
        .forEach(sk ->
            Writes.one(() ->
                client.updateItem(request ->
                    request
                        .tableName(scans)
                        .key(Stored.key(partition, sk))
                        .updateExpression(update)
                        .conditionExpression(Stored.EXISTS)
                        .expressionAttributeNames(Stored.names(update, Stored.EXISTS)))));
  }

  /** The newest of both kinds, newest first. */
  Ledgers newest(TenantId tenant, ConnectionId connection, Instant now) {
    String partition = ScanKeys.partition(tenant, connection);
    List<Ledger> ledgers = new ArrayList<>();
    int unreadable = 0;
    for (Ledger.Kind kind : Ledger.Kind.values()) {
      for (var found : newest(partition, kind, now).entrySet()) {
        if (Parts.complete(found.getValue())) {
          Optional<Ledger> ledger = ledger(kind, found.getKey(), found.getValue());
          ledger.ifPresent(ledgers::add);
          unreadable += ledger.isPresent() ? 0 : 1;
        }
      }
    }
    ledgers.sort(Comparator.comparing(Ledger::begunAt).reversed());
    return new Ledgers(ledgers, unreadable);
  }

  private Optional<Ledger> ledger(
      Ledger.Kind kind, ScanId session, List<Map<String, AttributeValue>> parts) {
    return reads.value(
        StoredForm.LEDGER, parts.getFirst(), () -> LedgerRecord.ledger(kind, session, parts));
  }

  private SequencedMap<ScanId, List<Map<String, AttributeValue>>> newest(
      String partition, Ledger.Kind kind, Instant now) {
    SequencedMap<ScanId, List<Map<String, AttributeValue>>> found = new LinkedHashMap<>();
    Iterator<Map<String, AttributeValue>> items =
        partitions
            .query(
                partition, ScanKeys.ledgers(kind), QueryRequest.builder().scanIndexForward(false))
            .filter(item -> !Stored.expired(item, now))
            .iterator();
    while (items.hasNext()) {
      Map<String, AttributeValue> item = items.next();
      ScanId session = ScanKeys.ledgerSession(Stored.text(item, Stored.SK));
      if (found.size() == Ledger.KEPT && !found.containsKey(session)) {
        // The rest is older, and may be much: it is not read.
        break;
      }
      found.computeIfAbsent(session, _ -> new ArrayList<>()).addFirst(item);
    }
    return found;
  }

  Optional<Ledger> ofScan(ScanKey key) {
    List<Map<String, AttributeValue>> parts =
        partitions
            .query(
                ScanKeys.partition(key),
                ScanKeys.ledgerParts(Ledger.Kind.SCAN, key.scan()),
                QueryRequest.builder())
            .toList();
    return Parts.complete(parts) ? ledger(Ledger.Kind.SCAN, key.scan(), parts) : Optional.empty();
  }

  /** The keys of those that newer ones have displaced. */
  List<Map<String, AttributeValue>> displaced(String partition) {
    return Stream.of(Ledger.Kind.values())
        .flatMap(kind -> {
          List<Map<String, AttributeValue>> all =
              partitions
                  .query(
                      partition,
                      ScanKeys.ledgers(kind),
                      ScanPartitions.keysOnly().scanIndexForward(false))
                  .toList();
          List<ScanId> kept =
              all.stream().map(StoredLedgers::session).distinct().limit(Ledger.KEPT).toList();
          return all.stream().filter(item -> !kept.contains(session(item)));
        })
        .toList();
  }

  private static ScanId session(Map<String, AttributeValue> item) {
    return ScanKeys.ledgerSession(Stored.text(item, Stored.SK));
  }
}
