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
   * Which scan's snapshot, or which session's ledger, the item with these keys is; empty if it is
   * something else.
   *
   * @param keys the text of each key attribute, by its name
   * @throws IllegalArgumentException if they are not keys of the scans table
   */
  public static Optional<ScanKey> displacing(Map<String, String> keys) {
    String sk = sortKey(keys);
    if (!ScanKeys.isSnapshot(sk) && !ScanKeys.isLedger(sk)) {
      return Optional.empty();
    }
    ScanId session = ScanKeys.isSnapshot(sk) ? ScanKeys.snapshotOf(sk) : ScanKeys.ledgerSession(sk);
    return Optional.of(key(keys, session));
  }

  /**
   * Which verification's ledger the item with these keys is; empty if it is something else.
   *
   * @param keys as of {@link #displacing}
   * @throws IllegalArgumentException if they are not keys of the scans table
   */
  public static Optional<ScanKey> verification(Map<String, String> keys) {
    String sk = sortKey(keys);
    return sk.startsWith(ScanKeys.ledgers(Ledger.Kind.VERIFICATION))
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
