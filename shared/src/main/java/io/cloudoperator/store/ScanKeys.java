package io.cloudoperator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Where the scans table keeps what. A tenant has no {@code #} in it. */
final class ScanKeys {
  static final String SNAPSHOTS = "snapshot#";

  /** The lock: it names the scan that runs, and is past its deadline if that scan has died. */
  static final String RUNNING = "running";

  private static final String RUNS = "run#";

  private ScanKeys() {}

  static String partition(TenantId tenant, ConnectionId connection) {
    return tenant.value() + "#" + connection.value();
  }

  static String partition(ScanKey key) {
    return partition(key.tenant(), key.connection());
  }

  static String snapshot(ScanId scan) {
    return SNAPSHOTS + scan.value();
  }

  static String run(ScanId scan) {
    return RUNS + scan.value();
  }

  /** What the sort keys of a run's shards begin with. */
  static String shards(ScanId scan) {
    return run(scan) + "#";
  }

  static String shard(ScanId scan, int index) {
    return shards(scan) + String.format(Locale.ROOT, "%02d", index);
  }

  static boolean isSnapshot(String sortKey) {
    return sortKey.startsWith(SNAPSHOTS);
  }

  static boolean isRun(String sortKey) {
    return sortKey.startsWith(RUNS) && sortKey.indexOf('#', RUNS.length()) < 0;
  }

  /** Hashed: the caller chooses it, at any length and with anything in it. */
  static String idempotency(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return "idempotency#" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
