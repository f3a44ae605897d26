package io.cloudoperator.connect;

import io.cloudoperator.receipt.Deleted;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.scan.ScanRetention;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a request has deleted so far, by however many threads. */
final class DeletionCounter {
  /** What there is to delete, in the order in which receipts name it. */
  enum What {
    /** A role ARN and its External ID. */
    ROLE_REFERENCES,
    /** How often a connection is scanned; every connection has one, if only off. */
    SCHEDULES,
    /** What keeps an AWS account to one connection of a tenant. */
    ACCOUNT_CLAIMS,
    SNAPSHOTS,
    RUNS,
    /** Of one scan each: which calls it made. */
    LEDGERS,
    /** Of one scan each: the APIs that it found. */
    INVENTORIES,
    /** What the owner has declared of APIs. */
    CATALOGS,
    /** The record itself, its name and proof included. */
    CONNECTIONS
  }

  private final Map<What, LongAdder> counts = new ConcurrentSkipListMap<>();

  /** Counts these, even where there are none. */
  DeletionCounter(What... counted) {
    for (What what : counted) {
      add(what, 0);
    }
  }

  void add(What what, long more) {
    counts.computeIfAbsent(what, _ -> new LongAdder()).add(more);
  }

  /** Counts all that a purge of a connection deletes; of APIs only if there was anything. */
  void add(ScanRetention.Purged purged) {
    add(What.SNAPSHOTS, purged.snapshots());
    add(What.RUNS, purged.runs());
    add(What.LEDGERS, purged.ledgers());
    if (purged.inventories() > 0) {
      add(What.INVENTORIES, purged.inventories());
    }
    if (purged.catalogs() > 0) {
      add(What.CATALOGS, purged.catalogs());
    }
  }

  List<Deleted> deleted() {
    return counts.entrySet().stream()
        .map(count -> new Deleted(Choice.word(count.getKey()), count.getValue().longValue()))
        .toList();
  }
}
