package io.cloudoperator.store;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.RunStore.PlannedRun;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.stored.StoredForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Ledgers in DynamoDB, in the partition of their connection's runs. */
public final class DynamoLedgerStore implements LedgerStore {
  private final ScanTables tables;
  private final DynamoRunStore runs;

  public DynamoLedgerStore(ScanTables tables) {
    this.tables = tables;
    this.runs = new DynamoRunStore(tables);
  }

  @Override
  public Written keep(Connection connection, Ledger ledger) {
    if (ledger.kind() != Ledger.Kind.VERIFICATION) {
      throw new IllegalArgumentException("the ledger is not one of a verification");
    }
    if (ledger.calls().isEmpty()) {
      return new Written.Done();
    }
    String partition = ScanKeys.partition(connection.tenant(), connection.id());
    Written written =
        ConnectionRecord.check(
                new Transaction(tables.client()),
                tables.connections(),
                connection.tenant(),
                connection.id(),
                connection.generation())
            .put(tables.scans(), LedgerRecord.items(partition, ledger, connection.expiresAt()))
            .writeIfConnection();
    return written.then(() -> {
      if (connection.status() != ConnectionStatus.PENDING) {
        keepForGood(partition);
      }
      return written;
    });
  }

  /** A pending connection vanishes with its ledgers; one that became active keeps them. */
  private void keepForGood(String partition) {
    String update = "REMOVE #ttl";
    tables
        .query(partition, ScanKeys.ledgers(Ledger.Kind.VERIFICATION), QueryRequest.builder())
        .filter(item -> item.containsKey(Stored.TTL))
        .map(item -> Stored.text(item, Stored.SK))
        .toList()
        .forEach(sk ->
            Writes.one(() ->
                tables
                    .client()
                    .updateItem(request ->
                        request
                            .tableName(tables.scans())
                            .key(Stored.key(partition, sk))
                            .updateExpression(update)
                            .conditionExpression(Stored.EXISTS)
                            .expressionAttributeNames(Stored.names(update, Stored.EXISTS)))));
  }

  @Override
  public Ledgers ledgers(TenantId tenant, ConnectionId connection) {
    String partition = ScanKeys.partition(tenant, connection);
    List<Ledger> ledgers = new ArrayList<>();
    int unreadable = 0;
    for (Ledger.Kind kind : Ledger.Kind.values()) {
      for (var found : newest(partition, kind).entrySet()) {
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
    return tables
        .reads()
        .value(
            StoredForm.LEDGER, parts.getFirst(), () -> LedgerRecord.ledger(kind, session, parts));
  }

  private SequencedMap<ScanId, List<Map<String, AttributeValue>>> newest(
      String partition, Ledger.Kind kind) {
    SequencedMap<ScanId, List<Map<String, AttributeValue>>> found = new LinkedHashMap<>();
    Iterator<Map<String, AttributeValue>> items =
        tables
            .query(
                partition, ScanKeys.ledgers(kind), QueryRequest.builder().scanIndexForward(false))
            .filter(tables::live)
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

  @Override
  public Optional<Ledger> ledger(ScanKey key) {
    Optional<Ledger> soFar =
        runs.planned(key)
            .map(known -> soFar(known, key))
            .filter(ledger -> !ledger.calls().isEmpty());
    // Last: a run that ends in between has written its ledger then.
    List<Map<String, AttributeValue>> parts =
        tables
            .query(
                ScanKeys.partition(key),
                ScanKeys.ledgerParts(Ledger.Kind.SCAN, key.scan()),
                QueryRequest.builder())
            .toList();
    return Optional.of(parts)
        .filter(Parts::complete)
        .flatMap(whole -> ledger(Ledger.Kind.SCAN, key.scan(), whole))
        .or(() -> soFar);
  }

  private Ledger soFar(PlannedRun known, ScanKey key) {
    return Ledger.of(known.run(), known.plan(), runs.progress(key));
  }
}
