package io.cloudoperator.store;

import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import java.util.Map;
import java.util.Optional;

/** Reads what the stream of the scans table says: keys alone. */
public final class StreamKeys {
  private StreamKeys() {}

  /**
   * Which scan's snapshot or ledger the item with these keys is; empty if it is something else.
   *
   * @param keys the text of each key attribute, by its name
   * @throws IllegalArgumentException if they are not keys of the scans table
   */
  public static Optional<ScanKey> scan(Map<String, String> keys) {
    String sk = sortKey(keys);
    return ScanKeys.isSnapshot(sk)
        ? Optional.of(key(keys, ScanKeys.snapshotOf(sk)))
        : ledger(keys, Ledger.Kind.SCAN);
  }

  /**
   * Which verification's ledger the item with these keys is; empty if it is something else.
   *
   * @param keys as of {@link #scan}
   * @throws IllegalArgumentException if they are not keys of the scans table
   */
  public static Optional<ScanKey> verification(Map<String, String> keys) {
    return ledger(keys, Ledger.Kind.VERIFICATION);
  }

  private static Optional<ScanKey> ledger(Map<String, String> keys, Ledger.Kind kind) {
    String sk = sortKey(keys);
    return sk.startsWith(ScanKeys.ledgers(kind))
        ? Optional.of(key(keys, ScanKeys.ledgerSession(sk)))
        : Optional.empty();
  }

  private static String sortKey(Map<String, String> keys) {
    String sk = keys.getOrDefault(Stored.SK, "");
    if (sk.isEmpty()) {
      throw new IllegalArgumentException("these are no keys of the scans table");
    }
    return sk;
  }

  private static ScanKey key(Map<String, String> keys, ScanId session) {
    return ScanKeys.key(keys.getOrDefault(Stored.PK, ""), session);
  }
}
