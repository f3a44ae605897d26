package io.cloudoperator.store;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.connection.Deletion.What;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of a deletion, beside the connections of its tenant: one for itself, and while it is
 * open, some that count. A whole tenant's has as many counting items as connections are deleted at
 * once, for transactions on one item conflict.
 */
final class DeletionRecord {
  /**
   * What the sort keys of all deletions begin with; those of connections and claims sort before.
   */
  static final String PREFIX = "deletion#";

  static final String RECEIPT = "receipt";

  /** That it is the same deletion still, with {@link #id}. */
  static final String SAME = "#id = :id";

  static final String SAME_AND_OPEN = SAME + " AND attribute_not_exists(#receipt)";
  static final String SAME_AND_CLOSED = SAME + " AND attribute_exists(#receipt)";

  /** Of a counting item: that nothing was counted since it was read, with {@link #tallies}. */
  static final String NOT_COUNTED_SINCE = "#tallies = :tallies";

  private static final String ID = "id";
  private static final String TALLIES = "tallies";
  private static final int COUNTERS_OF_A_TENANT = 16;

  private DeletionRecord() {}

  /** The sort key of the deletion itself; those of its counting items begin with it. */
  static String sortKey(Scope scope) {
    return PREFIX
        + Stored.word(scope.kind())
        + scope.connection().map(id -> "#" + id.value()).orElse("");
  }

  static Map<String, AttributeValue> key(Scope scope) {
    return Stored.key(scope.tenant().value(), sortKey(scope));
  }

  private static Map<String, AttributeValue> counterKey(Scope scope, int counter) {
    return Stored.key(scope.tenant().value(), sortKey(scope) + "#" + Parts.number(counter));
  }

  private static int counters(Scope scope) {
    return scope.kind() == Kind.TENANT_PURGE ? COUNTERS_OF_A_TENANT : 1;
  }

  /** The item of the deletion itself. */
  static Map<String, AttributeValue> item(Deletion deletion, Optional<Instant> until) {
    Map<String, AttributeValue> item = new HashMap<>(key(deletion.scope()));
    item.put(StoredForm.VERSION, StoredForm.version());
    item.put(ID, Stored.text(deletion.id()));
    deletion
        .account()
        .ifPresent(account -> item.put(ConnectionRecord.ACCOUNT, Stored.text(account.value())));
    deletion.receipt().ifPresent(receipt -> item.put(RECEIPT, Stored.text(receipt)));
    until.ifPresent(end -> item.put(Stored.TTL, Stored.number(end.getEpochSecond())));
    return item;
  }

  /** The counting items of a deletion that has deleted nothing yet. */
  static List<Map<String, AttributeValue>> counters(Deletion deletion) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int counter = 0; counter < counters(deletion.scope()); counter++) {
      Map<String, AttributeValue> item = new HashMap<>(counterKey(deletion.scope(), counter));
      item.put(StoredForm.VERSION, StoredForm.version());
      item.put(ID, Stored.text(deletion.id()));
      item.put(TALLIES, Stored.number(0));
      items.add(item);
    }
    return items;
  }

  /**
   * Adds to a transaction that what it deletes is counted; refused if the deletion is closed.
   *
   * @param concerned the connection that it deletes something of
   */
  static Transaction tally(
      Transaction transaction,
      String table,
      Deletion deletion,
      ConnectionId concerned,
      Map<What, Integer> counts) {
    List<String> adds = new ArrayList<>(List.of("#tallies :one"));
    Map<String, AttributeValue> values = new HashMap<>(id(deletion));
    values.put(":one", Stored.number(1));
    counts.forEach((what, count) -> {
      if (count > 0) {
        String value = ":" + Stored.word(what).replace("_", "");
        adds.add("#" + Stored.word(what) + " " + value);
        values.put(value, Stored.number(count));
      }
    });
    int counter = Math.floorMod(concerned.value().hashCode(), counters(deletion.scope()));
    return transaction.update(
        table,
        counterKey(deletion.scope(), counter),
        "ADD " + String.join(", ", adds),
        SAME,
        values);
  }

  /** The values of {@link #SAME}. */
  static Map<String, AttributeValue> id(Deletion deletion) {
    return Map.of(":id", Stored.text(deletion.id()));
  }

  /** The values of {@link #NOT_COUNTED_SINCE} for a counting item. */
  static Map<String, AttributeValue> tallies(Map<String, AttributeValue> counter) {
    return Map.of(":tallies", Stored.number(Stored.number(counter, TALLIES)));
  }

  /**
   * The deletion with these items.
   *
   * @param item its own
   * @param counters the others
   */
  static Deletion deletion(
      Scope scope, Map<String, AttributeValue> item, List<Map<String, AttributeValue>> counters) {
    Map<What, Long> counts = new EnumMap<>(What.class);
    for (What what : What.values()) {
      String name = Stored.word(what);
      counters.stream()
          .filter(counter -> counter.containsKey(name))
          .forEach(counter -> counts.merge(what, Stored.number(counter, name), Long::sum));
    }
    return new Deletion(
        scope,
        Stored.text(item, ID),
        Optional.ofNullable(item.get(ConnectionRecord.ACCOUNT))
            .map(AttributeValue::s)
            .map(AccountId::new),
        counts,
        Optional.ofNullable(item.get(RECEIPT)).map(AttributeValue::s));
  }
}
