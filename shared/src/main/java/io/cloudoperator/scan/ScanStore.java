package io.cloudoperator.scan;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps runs, snapshots and ledgers. Every write of a run is refused once its connection was
 * purged, or once the run was stopped: a scan in flight cannot bring back what was deleted.
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

  /** The run with its plan, as one read shows them, for 24 hours after it began. */
  Optional<Course> course(ScanKey key);

  /** The plan's own part: account, regions not opted in, calls. Empty before it was planned. */
  Optional<Plan> plan(ScanKey key);

  /** What the shards have written so far, in the order of their indexes. */
  List<ShardProgress> progress(ScanKey key);

  /**
   * Adds calls that belong to no region, such as those that opened a session, to a shard's. The
   * same ones are kept once. {@code false} if refused.
   */
  boolean recordSession(ScanKey key, int shard, List<Call> calls);

  /**
   * Keeps outcomes of a shard, in one write, or in none if there is nothing to be kept. Of several
   * of a region the first stands; the calls of all are kept, each once. {@code false} if refused.
   */
  boolean record(ScanKey key, int shard, Outcomes read);

  /** Keeps a region's outcome, as {@link #record} does. */
  default boolean recordRegion(ScanKey key, int shard, WithCalls<RegionOutcome> read) {
    return record(key, shard, new Outcomes(List.of(read), Optional.empty(), List.of()));
  }

  /** Keeps the buckets' outcome, as {@link #record} does. */
  default boolean recordBuckets(ScanKey key, int shard, WithCalls<BucketOutcome> read) {
    return record(key, shard, new Outcomes(List.of(), Optional.of(read), List.of()));
  }

  /**
   * Ends the run with a snapshot and its ledger, in one transaction: the connection is active in
   * the run's generation and the run has not ended yet. {@code false} if refused; nothing is then
   * written.
   *
   * @throws IllegalArgumentException if one of the two is too large to be stored
   */
  boolean conclude(Run run, Snapshot snapshot, Ledger ledger);

  /**
   * Ends the run without a snapshot, and keeps its ledger if that has calls. {@code false} if it
   * had ended already or is gone; nothing is then written.
   */
  boolean fail(Run run, Run.Failure failure, Ledger ledger);

  /** Ends a run that has called nothing. */
  default boolean fail(Run run, Run.Failure failure) {
    return fail(run, failure, Ledger.of(run, List.of()));
  }

  /**
   * Ends a run whose shards may still be at work: keeps what they have called so far as its ledger,
   * and takes nothing from them any more. {@code false} if it had ended already or is gone.
   */
  boolean stop(Run run, Run.Failure failure);

  /**
   * {@linkplain #stop(Run, Run.Failure) Stops} the run that holds the connection; for a disconnect,
   * after the connection was changed so that no other one begins.
   *
   * @return the run that was stopped; empty if none was under way
   */
  Optional<ScanId> stop(TenantId tenant, ConnectionId connection, Run.Failure failure);

  /**
   * Keeps the ledger of a verification. {@code false} if the connection is gone, or of another
   * generation: nothing is then written.
   *
   * @param connection as it is after the verification; what is kept of a pending one goes with it,
   *     unless it becomes active
   */
  boolean keep(Connection connection, Ledger ledger);

  /** At most {@link Ledger#KEPT} ledgers of scans and as many of verifications, newest first. */
  Ledgers ledgers(TenantId tenant, ConnectionId connection);

  /**
   * The ledger of one scan: as it was kept, or what is written so far of one that is under way or
   * was cut off. Empty if nothing is known of the scan, or of its calls any more.
   */
  Optional<Ledger> ledger(ScanKey key);

  /** At most {@link Snapshot#KEPT} snapshots, newest first. */
  History history(TenantId tenant, ConnectionId connection);

  /** The snapshot of that scan, if it is one of the {@link Snapshot#KEPT} newest. */
  Optional<Snapshot> snapshot(ScanKey key);

  /**
   * Deletes all snapshots and ledgers but the newest, of which readers are told, and what is kept
   * of APIs beside neither a snapshot nor the run that is under way.
   */
  Trimmed trim(TenantId tenant, ConnectionId connection);

  /** Deletes every run, snapshot and ledger of a connection, and what is kept of its APIs. */
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

  /** A run, and its plan once it was planned: account, regions not opted in, calls. */
  record Course(Run run, Optional<Plan> plan) {}

  /**
   * What of a shard has been read since the last time.
   *
   * @param others calls that belong to no region, such as those that opened a session
   */
  record Outcomes(
      List<WithCalls<RegionOutcome>> regions,
      Optional<WithCalls<BucketOutcome>> buckets,
      Optional<WithCalls<AccountChecks>> account,
      List<Call> others) {
    public Outcomes {
      regions = List.copyOf(regions);
      others = List.copyOf(others);
    }

    /** Without checks of the account. */
    public Outcomes(
        List<WithCalls<RegionOutcome>> regions,
        Optional<WithCalls<BucketOutcome>> buckets,
        List<Call> others) {
      this(regions, buckets, Optional.empty(), others);
    }

    /** Nothing but the checks of the account. */
    public static Outcomes of(WithCalls<AccountChecks> account) {
      return new Outcomes(List.of(), Optional.empty(), Optional.of(account), List.of());
    }

    /** All calls of it. */
    public List<Call> calls() {
      return Stream.of(
              others.stream(),
              regions.stream().flatMap(region -> region.calls().stream()),
              buckets.stream().flatMap(read -> read.calls().stream()),
              account.stream().flatMap(read -> read.calls().stream()))
          .flatMap(calls -> calls)
          .toList();
    }
  }

  /**
   * The snapshots of a connection that are kept, newest first.
   *
   * @param unreadable how many more are kept and cannot be read
   */
  record History(List<Snapshot> snapshots, int unreadable) {
    public History {
      snapshots = List.copyOf(snapshots);
    }
  }

  /**
   * The ledgers of a connection that are kept, newest first.
   *
   * @param unreadable how many more are kept and cannot be read
   */
  record Ledgers(List<Ledger> ledgers, int unreadable) {
    public Ledgers {
      ledgers = List.copyOf(ledgers);
    }
  }

  /** How much a purge deleted. */
  record Purged(int snapshots, int runs, int ledgers, int inventories, int catalogs) {}

  /** How much was displaced by newer ones. */
  record Trimmed(int snapshots, int ledgers) {}
}
