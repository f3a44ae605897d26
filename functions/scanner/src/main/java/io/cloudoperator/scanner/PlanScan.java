package io.cloudoperator.scanner;

import static java.util.function.Predicate.not;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.BackgroundTask;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.ConnectionEventPublisher;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.ShardPlanner;
import io.cloudoperator.scan.ShardProgress;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.scanner.Admission.Entry;
import io.cloudoperator.scanner.SessionOpener.ScanSession;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.SessionResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans a scan: whose account it is, which regions it has, and how those that were chosen are dealt
 * to shards. A scan that cannot be planned is ended here, with the reason, and has no shards; if
 * the reason is the role, the connection says so from then on. Planning a scan again answers with
 * the plan that it has.
 */
final class PlanScan {
  private final ConnectionStore connections;
  private final RunStore runs;
  private final SnapshotStore snapshots;
  private final SessionOpener sessions;
  private final Admission admission;
  private final ConnectionEventPublisher announcements;
  private final ShardPlanner planner;
  private final InstantSource clock;
  private final Telemetry telemetry;

  PlanScan(
      ConnectionStore connections,
      RunStore runs,
      SnapshotStore snapshots,
      SessionOpener sessions,
      Admission admission,
      ConnectionEventPublisher announcements,
      ShardPlanner planner,
      InstantSource clock,
      Telemetry telemetry) {
    this.connections = connections;
    this.runs = runs;
    this.snapshots = snapshots;
    this.sessions = sessions;
    this.admission = admission;
    this.announcements = announcements;
    this.planner = planner;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** What the state machine sends. */
  record Input(TenantId tenant, ConnectionId connection, ScanId scan) {
    ScanKey key() {
      return new ScanKey(tenant, connection, scan);
    }
  }

  /** What the state machine's map goes over. */
  record Output(TenantId tenant, ConnectionId connection, ScanId scan, List<Shard> shards) {}

  Output plan(Input input) {
    ScanKey key = input.key();
    LogContext.of(telemetry, key);
    return new Output(key.tenant(), key.connection(), key.scan(), shards(key));
  }

  private List<Shard> shards(ScanKey key) {
    Instant now = clock.instant();
    BackgroundTask<Optional<Connection>> found =
        BackgroundTask.start(() -> CurrentRun.found(connections, key, now));
    Optional<RunStore.PlannedRun> known = CurrentRun.planned(runs, key, now);
    if (known.isEmpty()) {
      telemetry.info(LogEvent.SCAN_RUN_OVER);
      return List.of();
    }
    Run run = known.get().run();
    if (known.get().plan().isPresent()) {
      return planned(key);
    }
    return CurrentRun.connected(run, found.result())
        .map(connection -> shards(run, connection))
        .orElseGet(() -> fail(run, ScanFailure.NOT_ACTIVE, "NotActive", List.of()));
  }

  private List<Shard> shards(Run run, Connection connection) {
    ScanId scan = run.key().scan();
    BackgroundTask<List<Snapshot>> history =
        BackgroundTask.start(
            () -> snapshots.history(connection.tenant(), connection.id()).snapshots());
    return switch (sessions.open(connection, connection.account().orElseThrow(), scan)) {
      case ScanSession.Opened(var opened) ->
          switch (admission.admit(connection, opened.role(), scan)) {
            case Entry.Admitted(var active, var calls) ->
                deal(run, active, opened.plus(calls), history);
            case Entry.Refused(var failure, var code, var calls) ->
                fail(run, meaning(failure, connection, scan), code, opened.plus(calls).calls());
          };
      case ScanSession.Refused(var failure, _, var code, var calls) ->
          fail(run, meaning(failure, connection, scan), code, calls);
    };
  }

  private ScanFailure meaning(ScanFailure failure, Connection connection, ScanId scan) {
    return switch (failure) {
      case ROLE_NOT_ASSUMABLE -> admission.denied(connection, scan);
      case REFERENCE_TAMPERED -> {
        announcements.tampered(connection);
        yield failure;
      }
      case PROOF_OUTDATED -> {
        announcements.unproven(connection);
        yield failure;
      }
      default -> failure;
    };
  }

  private List<Shard> deal(
      Run run,
      Connection connection,
      SessionResult.Opened opened,
      BackgroundTask<List<Snapshot>> history) {
    List<RoleSession.Region> regions;
    switch (opened.session().regions()) {
      case Reading.Complete<List<RoleSession.Region>>(var all, var _) -> regions = all;
      case Reading.Unread<List<RoleSession.Region>>(var reason, var code) -> {
        return fail(run, unreadable(reason), code, opened.calls());
      }
    }
    List<RegionName> enabled = names(regions, true);
    if (enabled.isEmpty()) {
      return fail(run, ScanFailure.REGIONS_UNREADABLE, "NoEnabledRegion", opened.calls());
    }
    List<RegionName> notOptedIn = names(regions, false);
    RegionChoice choice = run.choice();
    List<RegionName> unknown = choice.unknown(Set.copyOf(enabled), Set.copyOf(notOptedIn));
    if (!unknown.isEmpty()) {
      return fail(
          run, ScanFailure.REGIONS_NOT_ENABLED.asFailure(unknown), "ChosenRegion", opened.calls());
    }
    List<RegionName> chosen = enabled.stream().filter(choice::takes).toList();
    if (chosen.isEmpty()) {
      return fail(run, ScanFailure.NO_REGION_CHOSEN, "EveryRegionLeftOut", opened.calls());
    }
    Plan plan =
        new Plan(
            connection.account().orElseThrow(),
            planner.shards(chosen, history.result()),
            notOptedIn,
            enabled.stream().filter(not(choice::takes)).toList(),
            opened.calls());
    return switch (runs.keepPlan(run, plan, connection.tier())) {
      case Written.Done _ -> plan.shards();
      case Written.Refused _ -> refused(run, plan);
    };
  }

  /**
   * Another delivery of the same step came first, or the run or its connection is over: all end
   * well, and none forgets what was called.
   */
  private List<Shard> refused(Run run, Plan plan) {
    List<Shard> shards = planned(run.key());
    if (shards.isEmpty()) {
      return fail(run, ScanFailure.NOT_ACTIVE, "NotPlanned", plan.calls());
    }
    runs.record(run.key(), shards.getFirst().index(), RunStore.Outcomes.of(plan.calls()));
    return shards;
  }

  private static List<RegionName> names(List<RoleSession.Region> regions, boolean enabled) {
    return regions.stream()
        .filter(region -> region.enabled() == enabled)
        .map(RoleSession.Region::name)
        .sorted()
        .toList();
  }

  private List<Shard> planned(ScanKey key) {
    return runs.progress(key).stream().map(ShardProgress::shard).toList();
  }

  private static ScanFailure unreadable(Reading.Reason reason) {
    return switch (reason) {
      case DENIED_BY_SCP, DENIED_BY_IAM, NOT_OPTED_IN -> ScanFailure.REGIONS_UNREADABLE;
      case THROTTLED, FAILED -> ScanFailure.AWS_UNAVAILABLE;
    };
  }

  private List<Shard> fail(Run run, ScanFailure failure, String code, List<Call> calls) {
    return fail(run, failure.asFailure(), code, calls);
  }

  private List<Shard> fail(Run run, Run.Failure failure, String code, List<Call> calls) {
    telemetry.warn(LogEvent.SCAN_NOT_PLANNED, failure.code() + "/" + code);
    runs.fail(run, failure, Ledger.of(run, calls));
    return List.of();
  }
}
