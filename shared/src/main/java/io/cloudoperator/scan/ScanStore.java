package io.cloudoperator.scan;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps runs and snapshots. Every write of a run is refused once its connection was purged or
 * disconnected: a scan in flight cannot bring back what was deleted.
 */
public interface ScanStore {
  /**
   * Begins a run, unless one runs. A scheduled one is of an active connection; one on demand may be
   * of a suspended one too, and must make it active before {@link #planned} is accepted.
   *
   * @param idempotencyKey the caller's; the same one within 24 hours answers with the same run
   */
  Begun begin(Connection connection, Run run, Optional<String> idempotencyKey, Instant now);

  /** The run, for 24 hours after it began. */
  Optional<Run> run(ScanKey key);

  /** The run that holds the connection at {@code now}, if one does. */
  Optional<ScanId> running(TenantId tenant, ConnectionId connection, Instant now);

  /** Keeps a plan: from here on each of its shards can write. {@code false} if refused. */
  boolean planned(Run run, Plan plan);

  /** The plan's own part: account, regions not opted in, calls. Empty before it was planned. */
  Optional<Plan> plan(ScanKey key);

  /** What the shards have written so far, in the order of their indexes. */
  List<ShardProgress> progress(ScanKey key);

  /** Keeps the calls that opened a shard's session. {@code false} if refused. */
  boolean recordSession(ScanKey key, int shard, List<CallCount> calls);

  /** Keeps a region's outcome as it completes; repeating it changes nothing. */
  boolean recordRegion(ScanKey key, int shard, RegionOutcome outcome);

  /** Keeps the buckets' outcome. */
  boolean recordBuckets(ScanKey key, int shard, BucketOutcome outcome);

  /**
   * Ends the run with a snapshot, in one transaction: the connection is active in the run's
   * generation and the run has not ended yet. {@code false} if refused; nothing is then written.
   */
  boolean conclude(Run run, Snapshot snapshot);

  /** Ends the run without a snapshot. {@code false} if it had ended already or is gone. */
  boolean fail(Run run, Run.Failure failure);

  /** At most {@link Snapshot#KEPT} snapshots, newest first. */
  List<Snapshot> history(TenantId tenant, ConnectionId connection);

  /** The snapshot of that scan, if it is one of the {@link Snapshot#KEPT} newest. */
  Optional<Snapshot> snapshot(ScanKey key);

  /** Deletes all snapshots but the {@link Snapshot#KEPT} newest; how many were deleted. */
  int trim(TenantId tenant, ConnectionId connection);

  /** Deletes every run and snapshot of a connection. */
  Purged purge(TenantId tenant, ConnectionId connection);

  /** What became of a beginning. */
  sealed interface Begun {
    record Started(Run run) implements Begun {}

    /** The same idempotency key was used for this run before. */
    record Repeated(ScanId scan) implements Begun {}

    record AlreadyRunning(ScanId scan) implements Begun {}

    /** The connection is not one to be scanned any more, or was purged meanwhile. */
    record NotActive() implements Begun {}
  }

  /** How much a purge deleted. */
  record Purged(int snapshots, int runs) {}
}
