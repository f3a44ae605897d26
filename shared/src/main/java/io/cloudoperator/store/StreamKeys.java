package io.cloudoperator.store;

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
    String pk = keys.getOrDefault(Stored.PK, "");
    String sk = keys.getOrDefault(Stored.SK, "");
    if (sk.isEmpty()) {
      throw new IllegalArgumentException("these are no keys of the scans table");
    }
    if (!ScanKeys.isSnapshot(sk) && !ScanKeys.isLedger(sk)) {
      return Optional.empty();
    }
    ScanId session = ScanKeys.isSnapshot(sk) ? ScanKeys.snapshotOf(sk) : ScanKeys.ledgerSession(sk);
    return Optional.of(ScanKeys.key(pk, session));
  }
}
