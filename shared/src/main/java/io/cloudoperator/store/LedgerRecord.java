package io.cloudoperator.store;

import io.cloudoperator.call.Call;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a ledger: its calls in as many parts as they need, each readable alone. */
final class LedgerRecord {
  static final String CALLS = "calls";

  private static final String BEGUN_AT = "begunAt";

  private LedgerRecord() {}

  /**
   * The ledger's items; none if it has no calls.
   *
   * @param until when DynamoDB may delete them; empty to keep them
   * @throws IllegalArgumentException if they would not fit into a transaction
   */
  static List<Map<String, AttributeValue>> items(
      String partition, Ledger ledger, Optional<Instant> until) {
    List<SdkBytes> parts = parts(ledger.calls());
    if (parts.size() > Parts.MOST) {
      throw new IllegalArgumentException(
          "a ledger of "
              + ledger.calls().size()
              + " calls needs "
              + parts.size()
              + " items; a transaction of DynamoDB takes "
              + Parts.MOST);
    }
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      Map<String, AttributeValue> item =
          new TreeMap<>(
              Stored.key(partition, ScanKeys.ledger(ledger.kind(), ledger.session(), part)));
      item.put(StoredForm.VERSION, StoredForm.version());
      item.put(BEGUN_AT, Stored.time(ledger.begunAt()));
      Parts.count(item, parts.size());
      item.put(CALLS, AttributeValue.fromB(parts.get(part)));
      until.ifPresent(end -> item.put(Stored.TTL, Stored.number(end.getEpochSecond())));
      items.add(item);
    }
    return items;
  }

  /** Adds a scan's ledger to what ends its run. */
  static Transaction put(Transaction transaction, String table, ScanKey key, Ledger ledger) {
    if (ledger.kind() != Ledger.Kind.SCAN || !ledger.session().equals(key.scan())) {
      throw new IllegalArgumentException("the ledger is not one of this run");
    }
    return transaction.put(table, items(ScanKeys.partition(key), ledger, Optional.empty()));
  }

  /** As few parts as a division into halves gives. */
  private static List<SdkBytes> parts(List<Call> calls) {
    if (calls.isEmpty()) {
      return List.of();
    }
    SdkBytes whole = CallRows.write(calls);
    if (whole.asByteArrayUnsafe().length <= Parts.LARGEST) {
      return List.of(whole);
    }
    int half = calls.size() / 2;
    if (half == 0) {
      throw new IllegalArgumentException("a call does not fit into an item of DynamoDB");
    }
    return Stream.of(calls.subList(0, half), calls.subList(half, calls.size()))
        .flatMap(part -> parts(part).stream())
        .toList();
  }

  /** The ledger with these items, all that it has, in their order. */
  static Ledger ledger(Ledger.Kind kind, ScanId session, List<Map<String, AttributeValue>> items) {
    List<Call> calls = new ArrayList<>();
    for (Map<String, AttributeValue> item : items) {
      calls.addAll(calls(item));
    }
    return new Ledger(session, kind, Stored.time(items.getFirst(), BEGUN_AT), calls);
  }

  static List<Call> calls(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(CALLS);
    return value == null ? List.of() : CallRows.read(value.b());
  }
}
