package io.cloudoperator.scanner;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.concurrent.BackgroundTask;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.DocumentTooLargeException;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.scanner.SessionOpener.ScanSession;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.SessionResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Scans the regions of one shard at once and writes outcomes as they complete. What an earlier
 * delivery of the step has written is not scanned again. A write that is refused ends it: the
 * connection was purged or disconnected, or the run has ended.
 */
final class ScanShard {
  /**
   * From the beginning of a run until its shards end: they read for 250 seconds, and what they
   * write then and the conclusion fit into the 295 seconds of the state machine. docs/decisions/004
   */
  static final Duration READING = Duration.ofSeconds(250).plus(RegionReads.RESERVE);

  /**
   * Before reading ends no other API is begun: eight of each service wait for their calls, at the
   * pace of docs/decisions/015.
   */
  static final Duration LAST_APIS = Duration.ofSeconds(12);

  private final ConnectionStore connections;
  private final RunStore runs;
  private final SnapshotStore snapshots;
  private final ApiStore apis;
  private final SessionOpener sessions;
  private final AccountAudit audit;
  private final InstantSource clock;
  private final Telemetry telemetry;

  ScanShard(
      ConnectionStore connections,
      RunStore runs,
      SnapshotStore snapshots,
      ApiStore apis,
      SessionOpener sessions,
      AccountAudit audit,
      InstantSource clock,
      Telemetry telemetry) {
    this.connections = connections;
    this.runs = runs;
    this.snapshots = snapshots;
    this.apis = apis;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** What the state machine's map sends. */
  record Input(TenantId tenant, ConnectionId connection, ScanId scan, Shard shard) {
    ScanKey key() {
      return new ScanKey(tenant, connection, scan);
    }
  }

  /**
   * How far the shard is, earlier deliveries of the step included; nowhere if its run is over.
   *
   * @param index the shard's
   * @param complete regions that were read to the end
   * @param unread regions that could not be read
   */
  record Output(int index, int complete, int unread) {}

  /**
   * Scans a shard.
   *
   * @param timeLeft until the invocation is cut off
   */
  Output scan(Input input, Supplier<Duration> timeLeft) {
    ScanKey key = input.key();
    int index = input.shard().index();
    LogContext.of(telemetry, key);
    telemetry.about(Telemetry.Key.SHARD, index);
    Instant now = clock.instant();
    BackgroundTask<Optional<Connection>> found =
        BackgroundTask.start(() -> CurrentRun.found(connections, key, now));
    BackgroundTask<Optional<ShardProgress>> begun =
        BackgroundTask.start(() -> progress(key, index));
    Optional<RunStore.PlannedRun> planned = CurrentRun.planned(runs, key, now);
    Optional<Run> run = planned.map(RunStore.PlannedRun::run);
    Optional<Connection> connection =
        run.flatMap(current -> CurrentRun.active(current, found.result()));
    Optional<Plan> plan = planned.flatMap(RunStore.PlannedRun::plan);
    Optional<ShardProgress> progress = begun.result();
    if (run.isEmpty() || connection.isEmpty() || plan.isEmpty() || progress.isEmpty()) {
      telemetry.info(LogEvent.SCAN_RUN_OVER);
      return new Output(index, 0, 0);
    }
    Remaining remaining = remaining(connection.get(), plan.get().account(), key, progress.get());
    List<RegionOutcome> written = new ArrayList<>(progress.get().regions().values());
    if (!remaining.isEmpty()) {
      // The plan's account: the connection may have been given another role meanwhile.
      ScanSession opening = sessions.open(connection.get(), plan.get().account(), key.scan());
      ShardPages pages = new ShardPages(progress.get().pages());
      switch (scan(run.get(), opening, index, pages, remaining, timeLeft, written)) {
        case Written.Done _ -> {}
        case Written.Refused _ -> {
          telemetry.info(LogEvent.SCAN_RUN_OVER);
          return new Output(index, 0, 0);
        }
      }
    }
    return count(index, written);
  }

  /** Below the audit tier nobody asks for APIs, neither the account nor the table. */
  private Remaining remaining(
      Connection connection, AccountId account, ScanKey key, ShardProgress progress) {
    return switch (connection.tier()) {
      case MINIMAL -> Remaining.of(progress);
      case AUDIT ->
          Remaining.of(progress)
              .withAudit(
                  progress, apis.kept(key), () -> audit.check(connection, account, key.scan()));
    };
  }

  /**
   * Reads what remains.
   *
   * @param written gets each outcome that was written
   * @return refused if what was written is not kept any more
   */
  private Written scan(
      Run run,
      ScanSession opening,
      int index,
      ShardPages pages,
      Remaining remaining,
      Supplier<Duration> timeLeft,
      List<RegionOutcome> written) {
    return switch (opening) {
      case ScanSession.Opened(var opened) ->
          read(opened, run, index, pages, remaining, timeLeft, written);
      case ScanSession.Refused(var failure, var reason, var code, var calls) -> {
        telemetry.warn(LogEvent.SHARD_WITHOUT_SESSION, failure.code() + "/" + code);
        if (failure == ScanFailure.REFERENCE_TAMPERED) {
          telemetry.measure("ReferencesTampered", 1, MetricUnit.COUNT);
        }
        RunStore.Outcomes unread = unread(remaining, reason, code, calls);
        unread.regions().forEach(region -> written.add(region.outcome()));
        yield runs.record(run.key(), index, unread)
            .then(() -> keepUnread(run, index, remaining, reason, code));
      }
    };
  }

  private Written read(
      SessionResult.Opened opened,
      Run run,
      int index,
      ShardPages pages,
      Remaining remaining,
      Supplier<Duration> timeLeft,
      List<RegionOutcome> written) {
    CancellationCheck wanted = new CancellationCheck(connections, runs, clock, run);
    // As they are before the session calls any more; written with the first outcomes, or without.
    List<Call> others = opened.calls();
    List<Call> recorded = new ArrayList<>();
    Written accepted = new Written.Done();
    Supplier<Duration> readingLeft = () -> Collections.min(List.of(timeLeft.get(), left(run)));
    try (RegionReads reads =
        new RegionReads(
            opened.session(),
            remaining,
            turn(run, remaining.apis(), readingLeft),
            readingLeft,
            wanted)) {
      while (accepted.done()) {
        Optional<List<RegionReads.Read>> next = reads.next();
        if (next.isEmpty()) {
          break;
        }
        RunStore.Outcomes outcomes = outcomes(next.get(), others);
        // The calls first: who finds a region's APIs kept does not ask for them again.
        accepted = runs.record(run.key(), index, pages.next(), outcomes);
        pages.written(outcomes);
        recorded.addAll(outcomes.calls());
        accepted = accepted.then(() -> keep(run, index, found(next.get())));
        outcomes.regions().forEach(region -> written.add(region.outcome()));
        others = List.of();
      }
    } finally {
      if (accepted.done() && wanted.getAsBoolean()) {
        recordRest(opened, recorded, run.key(), index, pages.next());
      }
    }
    return accepted.then(() ->
        wanted.getAsBoolean() ? new Written.Done() : new Written.Refused(Written.Reason.RUN_OVER));
  }

  /** What is to be read of the APIs of these regions, after what earlier scans have read. */
  private RoleSession.ApiTurn turn(
      Run run, List<RegionName> regions, Supplier<Duration> readingLeft) {
    EarlierApis earlier =
        regions.isEmpty()
            ? EarlierApis.NONE
            : new EarlierScans(apis, before(run.key())).of(regions);
    return new RoleSession.ApiTurn(
        earlier,
        run.startedAt(),
        clock.instant().plus(readingLeft.get()).minus(RegionReads.RESERVE).minus(LAST_APIS));
  }

  private List<Snapshot> before(ScanKey key) {
    return snapshots.history(key.tenant(), key.connection()).snapshots().stream()
        .filter(snapshot -> snapshot.key().scan().compareTo(key.scan()) < 0)
        .toList();
  }

  private static RunStore.Outcomes outcomes(List<RegionReads.Read> reads, List<Call> others) {
    List<WithCalls<RegionOutcome>> regions = new ArrayList<>();
    Optional<WithCalls<BucketOutcome>> buckets = Optional.empty();
    Optional<WithCalls<AccountChecks>> account = Optional.empty();
    List<Call> calls = new ArrayList<>(others);
    for (RegionReads.Read read : reads) {
      switch (read) {
        case RegionReads.Read.OfRegion(var traced) -> regions.add(traced);
        case RegionReads.Read.OfBuckets(var traced) -> buckets = Optional.of(traced);
        case RegionReads.Read.OfApis(var traced) -> calls.addAll(traced.calls());
        case RegionReads.Read.OfGlobalApis(var traced) -> calls.addAll(traced.calls());
        case RegionReads.Read.OfAccount(var traced) -> account = Optional.of(traced);
      }
    }
    return new RunStore.Outcomes(regions, buckets, account, calls);
  }

  /** What was found of APIs, if that is among what was read. */
  private static ApiStore.Found found(List<RegionReads.Read> reads) {
    List<RegionApis> regions = new ArrayList<>();
    Optional<GlobalApis> global = Optional.empty();
    for (RegionReads.Read read : reads) {
      switch (read) {
        case RegionReads.Read.OfRegion _,
            RegionReads.Read.OfBuckets _,
            RegionReads.Read.OfAccount _ -> {}
        case RegionReads.Read.OfApis(WithCalls<RegionApis>(var found, _)) -> regions.add(found);
        case RegionReads.Read.OfGlobalApis(WithCalls<GlobalApis>(var found, _)) ->
            global = Optional.of(found);
      }
    }
    return new ApiStore.Found(regions, global);
  }

  /** Keeps what was found, at once; each by itself if one is too large to be kept. */
  private Written keep(Run run, int index, ApiStore.Found found) {
    try {
      return found.isEmpty() ? new Written.Done() : apis.keepFound(run, index, found);
    } catch (DocumentTooLargeException _) {
      return keepEach(run, index, found);
    }
  }

  private Written keepEach(Run run, int index, ApiStore.Found found) {
    Written accepted = new Written.Done();
    for (RegionApis region : found.regions()) {
      accepted =
          accepted.then(() ->
              keep(
                  () -> apis.keepFound(run, index, region),
                  (reason, code) ->
                      apis.keepFound(
                          run,
                          index,
                          ApiDiscovery.unread(region.region(), reason, code, region.calls()))));
    }
    for (GlobalApis global : found.global().stream().toList()) {
      accepted =
          accepted.then(() ->
              keep(
                  () -> apis.keepFound(run, index, global),
                  (reason, code) ->
                      apis.keepFound(
                          run, index, ApiDiscovery.unreadGlobal(reason, code, global.calls()))));
    }
    return accepted;
  }

  /** Keeps something, or that it is unread if it is too large to be kept. */
  private Written keep(
      Supplier<Written> write, BiFunction<Reading.Reason, String, Written> writeUnread) {
    try {
      return write.get();
    } catch (DocumentTooLargeException e) {
      telemetry.failed(LogEvent.APIS_TOO_LARGE, e);
      return writeUnread.apply(Reading.Reason.FAILED, DocumentTooLargeException.CODE);
    }
  }

  private Written keepUnread(
      Run run, int index, Remaining remaining, Reading.Reason reason, String code) {
    return keep(
        run,
        index,
        new ApiStore.Found(
            remaining.apis().stream()
                .map(region -> ApiDiscovery.unread(region, reason, code, List.of()))
                .toList(),
            remaining.globalApis()
                ? Optional.of(ApiDiscovery.unreadGlobal(reason, code, List.of()))
                : Optional.empty()));
  }

  /** Until the run has to be concluded, whenever this shard began. */
  private Duration left(Run run) {
    return Duration.between(clock.instant(), run.startedAt().plus(READING));
  }

  /**
   * Keeps the calls of reads that were broken off before they could say what they had called, and
   * of those whose outcomes could not be written.
   */
  private void recordRest(
      SessionResult.Opened opened, List<Call> recorded, ScanKey key, int index, int page) {
    Map<Call, Integer> known = new HashMap<>();
    recorded.forEach(call -> known.merge(call, 1, Integer::sum));
    List<Call> rest =
        opened.calls().stream().filter(call -> known.merge(call, -1, Integer::sum) < 0).toList();
    if (!rest.isEmpty()) {
      runs.record(key, index, page, RunStore.Outcomes.of(rest));
    }
  }

  private static RunStore.Outcomes unread(
      Remaining remaining, Reading.Reason reason, String code, List<Call> others) {
    return new RunStore.Outcomes(
        remaining.regions().stream()
            .map(region ->
                new WithCalls<>(
                    new RegionOutcome(region, new Reading.Unread<>(reason, code), List.of()),
                    List.of()))
            .toList(),
        remaining.buckets()
            ? Optional.of(
                new WithCalls<>(
                    new BucketOutcome(new Reading.Unread<>(reason, code), List.of()), List.of()))
            : Optional.empty(),
        Optional.empty(),
        others);
  }

  private Optional<ShardProgress> progress(ScanKey key, int index) {
    return runs.progress(key).stream().filter(shard -> shard.shard().index() == index).findFirst();
  }

  private static Output count(int index, List<RegionOutcome> outcomes) {
    int unread = (int) outcomes.stream().filter(outcome -> outcome.unread().isPresent()).count();
    return new Output(index, outcomes.size() - unread, unread);
  }

  /**
   * What of a shard has no outcome yet.
   *
   * @param apis regions whose APIs are to be found
   * @param globalApis whether those of the services without a region are
   * @param account checks the account, if that is to be done
   */
  record Remaining(
      List<RegionName> regions,
      boolean buckets,
      List<RegionName> apis,
      boolean globalApis,
      Optional<Supplier<WithCalls<AccountChecks>>> account) {
    static Remaining of(ShardProgress progress) {
      return new Remaining(
          progress.shard().regions().stream()
              .filter(region -> !progress.regions().containsKey(region))
              .toList(),
          progress.shard().buckets() && progress.buckets().isEmpty(),
          List.of(),
          false,
          Optional.empty());
    }

    /**
     * And the APIs of which nothing is kept; the shard with the buckets has the global ones, and
     * the checks of the account.
     */
    Remaining withAudit(
        ShardProgress progress, ApiStore.Kept kept, Supplier<WithCalls<AccountChecks>> check) {
      Shard shard = progress.shard();
      return new Remaining(
          regions,
          buckets,
          shard.regions().stream().filter(region -> !kept.regions().contains(region)).toList(),
          shard.buckets() && !kept.global(),
          shard.buckets() && progress.account().isEmpty() ? Optional.of(check) : Optional.empty());
    }

    boolean isEmpty() {
      return regions.isEmpty() && !buckets && apis.isEmpty() && !globalApis && account.isEmpty();
    }
  }
}
