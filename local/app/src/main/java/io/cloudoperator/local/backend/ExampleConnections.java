package io.cloudoperator.local.backend;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.Snapshot;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connections and scans that the files of events/ name, in a state in which each of them is
 * answered with what it is for, in whatever order they come.
 */
public final class ExampleConnections {
  // An account is connected once by a tenant, and scanned once at a time.
  private static final Place ACME = new Place("acme", "con-0123456789abcdef0123456789abcdef");
  private static final Place GLOBEX = new Place("globex", "con-0123456789abcdef0123456789abcdef");
  private static final Place HOOLI = new Place("hooli", "con-0123456789abcdef0123456789abcdef");
  private static final Place INITECH = new Place("initech", "con-00112233445566778899aabbccddeeff");
  private static final Place UMBRELLA =
      new Place("umbrella", "con-fedcba9876543210fedcba9876543210");

  /** As long as a run is kept: an event may come when a person has read up to it. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final ScanId SCAN = new ScanId("019aa8a0-2c00-7000-8000-000000000001");
  private static final String EARLIER_SCANS = "019d0000-0000-7000-8000-00000000000";
  private static final Shard SHARD =
      new Shard(0, List.of(new RegionName("eu-central-1"), new RegionName("eu-west-1")), true);

  private final Wiring wiring;
  private final FunctionInvoker functions;
  private final RoleArn role;
  private final ExternalId externalId = ExternalId.random(new SecureRandom());

  /**
   * Launches the role of them all into the sample account.
   *
   * @param functions of the backend, which scan and conclude what is to have been
   */
  public ExampleConnections(LocalBackend backend, FunctionInvoker functions) throws IOException {
    this.wiring = backend.wiring("ScanRegionsFunction");
    this.functions = functions;
    this.role = backend.grant(externalId, Tier.MINIMAL);
  }

  /** Writes connections and runs into tables that have none of them. */
  public void write() throws Exception {
    connect(ACME);
    Connection due = connect(HOOLI);
    Instant now = Instant.now();
    save(due, due.scheduled(Schedule.DAILY, now).dueAt(now.minusSeconds(1)));
    begin(connect(GLOBEX), SCAN);
    plan(begin(connect(INITECH), SCAN));
    scan(plan(begin(connect(UMBRELLA), SCAN)));
  }

  /** Writes one snapshot more of acme's connection than are kept. */
  public void writeSnapshots() throws Exception {
    Connection connection = found(ACME.tenant(), ACME.connection());
    for (int scan = 1; scan <= Snapshot.KEPT + 1; scan++) {
      Run run = plan(begin(connection, new ScanId(EARLIER_SCANS + scan)));
      scan(run);
      step("ConcludeFunction", run, Map.of());
    }
  }

  private Connection connect(Place place) {
    Instant now = Instant.now();
    SealedReference sealed =
        wiring
            .vault()
            .seal(
                place.tenant(),
                place.connection(),
                RoleReference.issued(externalId).withRole(role));
    Connection pending =
        Connection.pending(
            place.tenant(), place.connection(), "Production", Tier.MINIMAL, sealed, now);
    wiring.connections().create(pending);
    Proof proof = new Proof(now, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());
    return save(pending, pending.proven(role.account(), proof));
  }

  private Connection save(Connection before, Connection after) {
    require(wiring.connections().save(before, after) == ConnectionStore.Saved.SAVED);
    return found(after.tenant(), after.id());
  }

  private Connection found(TenantId tenant, ConnectionId connection) {
    return wiring.connections().find(tenant, connection, Instant.now()).orElseThrow();
  }

  private Run begin(Connection connection, ScanId scan) {
    Instant now = Instant.now();
    Run run =
        new Run(
            new ScanKey(connection.tenant(), connection.id(), scan),
            connection.generation(),
            Run.Trigger.ON_DEMAND,
            RegionChoice.ALL,
            now,
            now.plus(LONGEST),
            Run.State.RUNNING,
            Optional.empty());
    require(
        wiring.runs().begin(connection, run, Optional.empty(), now)
            instanceof RunStore.Begun.Started);
    return run;
  }

  private Run plan(Run run) {
    Plan plan = new Plan(role.account(), List.of(SHARD), List.of(), List.of());
    require(wiring.runs().keepPlan(run, plan).done());
    return run;
  }

  private void scan(Run run) throws Exception {
    step("ScanRegionsFunction", run, Map.of("shard", SHARD));
  }

  private void step(String function, Run run, Map<String, ?> more) throws Exception {
    ScanKey key = run.key();
    Map<String, Object> event = new HashMap<>(more);
    event.put("tenant", key.tenant());
    event.put("connection", key.connection());
    event.put("scan", key.scan());
    functions.invoke(function, Json.write(event));
  }

  private static void require(boolean written) {
    if (!written) {
      throw new IllegalStateException("a write was refused");
    }
  }

  /** A tenant's connection. */
  private record Place(TenantId tenant, ConnectionId connection) {
    Place(String tenant, String connection) {
      this(new TenantId(tenant), new ConnectionId(connection));
    }
  }
}
