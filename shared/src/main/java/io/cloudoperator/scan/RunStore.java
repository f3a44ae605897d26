package io.cloudoperator.scan;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store of runs, their plans and what their shards have read, for 24 hours after they began. A
 * connection has one run at a time. Every write of a run is refused once its connection was purged,
 * or once the run was stopped: a scan in flight cannot bring back what was deleted. A run ends with
 * a snapshot in {@link SnapshotStore#conclude}, and without one here.
 */
public interface RunStore {
  /**
   * Begins a run, unless one runs. A scheduled one is of an active connection; one on demand may be
   * of a suspended one too, and must make it active before {@link #keepPlan} is accepted.
   *
   * @param idempotencyKey the caller's; the same one within 24 hours answers with the same run
   */
  Begun begin(Connection connection, Run run, Optional<String> idempotencyKey, Instant now);

  /** The run, if it is kept. */
  Optional<Run> run(ScanKey key);

  /** The run with its plan, as one read shows them, if it is kept. */
  Optional<PlannedRun> planned(ScanKey key);

  /** The run that holds the connection at {@code now}, if one does. */
  Optional<ScanId> running(TenantId tenant, ConnectionId connection, Instant now);

  /**
   * Keeps a plan: from here on each of its shards can write. The same division once more is done;
   * its calls are kept too.
   *
   * @param tier of the connection: whether shards will find APIs
   * @throws IllegalArgumentException if it has more shards than a transaction ends at once
   */
  Written keepPlan(Run run, Plan plan, Tier tier);

  /** Keeps a plan of the minimal tier. */
  default Written keepPlan(Run run, Plan plan) {
    return keepPlan(run, plan, Tier.MINIMAL);
  }

  /** What the shards have written so far, in the order of their indexes. */
  List<ShardProgress> progress(ScanKey key);

  /**
   * Keeps outcomes of a shard, in one write, or in none if there is nothing to be kept. Of several
   * of a region in a page the first stands, and of those of several pages one that was read; the
   * calls of all are kept, each once.
   *
   * @param page one of {@link ShardProgress#pages}, from 0: a write costs as much as the whole page
   */
  Written record(ScanKey key, int shard, int page, Outcomes read);

  /** Keeps outcomes in the first page, which every shard has. */
  default Written record(ScanKey key, int shard, Outcomes read) {
    return record(key, shard, 0, read);
  }

  /**
   * Ends a run without a snapshot that has no shards at work, and keeps its ledger if that has
   * calls. Refused if it had ended already or is gone.
   */
  Written fail(Run run, Run.Failure failure, Ledger ledger);

  /** Ends a run that has called nothing. */
  default Written fail(Run run, Run.Failure failure) {
    return fail(run, failure, Ledger.of(run, List.of()));
  }

  /**
   * Ends a run without a snapshot whose shards may still be at work: keeps what they have called so
   * far as its ledger, and takes nothing from them any more. Refused if it had ended already or is
   * gone.
   */
  Written stop(Run run, Run.Failure failure);

  /**
   * {@linkplain #stop(Run, Run.Failure) Stops} the run that holds the connection; for a disconnect,
   * after the connection was changed so that no other one begins.
   *
   * @return the run that was stopped; empty if none was under way
   */
  Optional<ScanId> stop(TenantId tenant, ConnectionId connection, Run.Failure failure);

  /** The result of beginning a run. */
  sealed interface Begun {
    record Started(Run run) implements Begun {}

    /** The same idempotency key was used for this run before. */
    record Repeated(ScanId scan) implements Begun {}

    record AlreadyRunning(ScanId scan) implements Begun {}

    /** The connection is not one to be scanned any more, or was purged meanwhile. */
    record NotActive() implements Begun {}
  }

  /** A run, and its plan once it was planned: account, regions not opted in, calls. */
  record PlannedRun(Run run, Optional<Plan> plan) {}

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

    /** Nothing but calls that belong to no region. */
    public static Outcomes of(List<Call> others) {
      return new Outcomes(List.of(), Optional.empty(), Optional.empty(), others);
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
}
