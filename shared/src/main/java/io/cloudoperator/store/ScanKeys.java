package io.cloudoperator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The keys of the scans table. A tenant has no {@code #} in it. */
final class ScanKeys {
  static final String SNAPSHOTS = "snapshot#";

  /** The lock: it names the scan that runs, and is past its deadline if that scan has died. */
  static final String RUNNING = "running";

  /** What the sort keys of all inventories begin with: then come their scans' ids. */
  static final String INVENTORIES = "apis#";

  /** What the sort keys of all that runs have found of APIs begin with: then their scans' ids. */
  static final String FOUND = "found#";

  /** What the sort key of what the owner declares begins with. */
  static final String CATALOG = "catalog#";

  /** In place of a region. A reader of 953c757 takes it for one, of which nothing is complete. */
  private static final String GATHERED = "of-shard-";

  private static final String LEDGERS = "calls#";
  private static final String FIRST_PART = "#" + Parts.number(0);
  private static final String RUNS = "run#";

  private ScanKeys() {}

  static String partition(TenantId tenant, ConnectionId connection) {
    return tenant.value() + "#" + connection.value();
  }

  static String partition(ScanKey key) {
    return partition(key.tenant(), key.connection());
  }

  /**
   * A scan's key.
   *
   * @param partition of its connection
   * @throws IllegalArgumentException if that is no key of the scans table
   */
  static ScanKey key(String partition, ScanId scan) {
    int end = partition.indexOf('#');
    if (end < 0) {
      throw new IllegalArgumentException("these are no keys of the scans table");
    }
    return new ScanKey(
        new TenantId(partition.substring(0, end)),
        new ConnectionId(partition.substring(end + 1)),
        scan);
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

  /** A page of a shard; the first one has the key of the shard. */
  static String shardPage(ScanId scan, int index, int page) {
    return page == 0 ? shard(scan, index) : shard(scan, index) + "#" + page;
  }

  /** What the sort keys of all ledgers of a kind begin with: then come their sessions' ids. */
  static String ledgers(Ledger.Kind kind) {
    return LEDGERS
        + switch (kind) {
          case SCAN -> "scan#";
          case VERIFICATION -> "proof#";
        };
  }

  static String ledgerParts(Ledger.Kind kind, ScanId session) {
    return ledgers(kind) + session.value() + "#";
  }

  static String ledger(Ledger.Kind kind, ScanId session, int part) {
    return ledgerParts(kind, session) + Parts.number(part);
  }

  static boolean isLedger(String sortKey) {
    return sortKey.startsWith(LEDGERS);
  }

  /** Whether it is a ledger's first part: there is one of each ledger. */
  static boolean isFirstOfLedger(String sortKey) {
    return isLedger(sortKey) && sortKey.endsWith(FIRST_PART);
  }

  static ScanId ledgerSession(String sortKey) {
    String[] parts = sortKey.split("#", -1);
    if (!isLedger(sortKey) || parts.length != 4) {
      throw new IllegalArgumentException("this is no key of a ledger");
    }
    return new ScanId(parts[2]);
  }

  /** What the sort keys of an inventory's parts begin with. */
  static String inventoryParts(ScanId scan) {
    return INVENTORIES + scan.value() + "#";
  }

  /** What the sort keys of all that one run has found begin with. */
  static String found(ScanId scan) {
    return FOUND + scan.value() + "#";
  }

  /**
   * What the sort keys of one answer's parts begin with.
   *
   * @param place a region, or {@link io.cloudoperator.inventory.ApiId#GLOBAL}
   */
  static String foundParts(ScanId scan, String place) {
    return found(scan) + place + "#";
  }

  /** The item in which a shard gathers the answers that are small, of all of its regions. */
  static String gathered(ScanId scan, int shard) {
    return foundParts(scan, GATHERED + String.format(Locale.ROOT, "%02d", shard)) + Parts.number(0);
  }

  /** What the sort keys of all such items of a run begin with. */
  static String gathered(ScanId scan) {
    return found(scan) + GATHERED;
  }

  static boolean isGathered(String sortKey) {
    return sortKey.startsWith(FOUND) && foundPlace(sortKey).startsWith(GATHERED);
  }

  /** The region of what was found, or {@link io.cloudoperator.inventory.ApiId#GLOBAL}. */
  static String foundPlace(String sortKey) {
    return part(sortKey, FOUND, 4, 2);
  }

  /** The scan of an inventory's part, or of what was found. */
  static ScanId apisOf(String sortKey) {
    return new ScanId(
        sortKey.startsWith(FOUND) ? part(sortKey, FOUND, 4, 1) : part(sortKey, INVENTORIES, 3, 1));
  }

  private static String part(String sortKey, String prefix, int parts, int wanted) {
    String[] all = sortKey.split("#", -1);
    if (!sortKey.startsWith(prefix) || all.length != parts) {
      throw new IllegalArgumentException("this is no key of " + prefix);
    }
    return all[wanted];
  }

  /** Whether it is an inventory's first part: there is one of each inventory. */
  static boolean isFirstOfInventory(String sortKey) {
    return sortKey.startsWith(INVENTORIES) && sortKey.endsWith(FIRST_PART);
  }

  static boolean isCatalog(String sortKey) {
    return sortKey.startsWith(CATALOG);
  }

  static boolean isSnapshot(String sortKey) {
    return sortKey.startsWith(SNAPSHOTS);
  }

  static ScanId snapshotOf(String sortKey) {
    return new ScanId(part(sortKey, SNAPSHOTS, 2, 1));
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
