package io.cloudoperator.bench.cold;

import io.cloudoperator.bench.cold.Subject.Stage;
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
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.local.backend.StartException;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What stands behind the functions: a backend in which nothing happens, for all that is set off in
 * it ends at once; its tables hold what the events in events/ speak of.
 */
final class FunctionBackground implements AutoCloseable {
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId CONNECTION =
      new ConnectionId("con-0123456789abcdef0123456789abcdef");
  private static final ScanKey SCAN =
      new ScanKey(TENANT, CONNECTION, new ScanId("019aa8a0-2c00-7000-8000-000000000001"));
  private static final Shard SHARD =
      new Shard(0, List.of(new RegionName("eu-central-1"), new RegionName("eu-west-1")), true);

  private final Path root;
  private final LocalBackend backend;
  private final Wiring wiring;
  private FunctionInvoker functions = (_, _) -> "{}";
  private final ExternalId externalId = ExternalId.random(new SecureRandom());
  private final RoleArn role;

  FunctionBackground(Path root) throws StartException, IOException {
    this.root = root;
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0, Optional.empty(), new CustomerSide.Sample(SampleConfig.defaults(), Set.of())),
            _ -> {},
            real -> {
              functions = real;
              return (_, _) -> "{}";
            });
    wiring = backend.wiring("ScanRegionsFunction");
    role = backend.grant(externalId, Tier.MINIMAL);
  }

  /**
   * What the template sets for a function, the credentials of its role, and where everything is.
   */
  Map<String, String> environment(String function) {
    return backend.environment(function);
  }

  /** Empties the tables, and brings them to this stage. */
  void reset(Stage stage) throws Exception {
    empty(backend.table("ConnectionsTable"));
    empty(backend.table("ScansTable"));
    fill(stage);
    backend.settled();
  }

  private void fill(Stage stage) throws Exception {
    Instant now = Instant.now();
    Connection connection = connect(now);
    if (stage == Stage.DUE) {
      save(connection, connection.scheduled(Schedule.DAILY, now).dueAt(now.minusSeconds(1)));
    }
    if (stage.compareTo(Stage.BEGUN) < 0) {
      return;
    }
    RunStore runs = wiring.runs();
    Run run = Run.begin(SCAN, connection.generation(), Run.Trigger.ON_DEMAND, now);
    require(runs.begin(connection, run, Optional.empty(), now) instanceof RunStore.Begun.Started);
    if (stage.compareTo(Stage.PLANNED) >= 0) {
      Plan plan = new Plan(role.account(), List.of(SHARD), List.of(), List.of());
      require(runs.keepPlan(run, plan).done());
    }
    if (stage == Stage.SCANNED) {
      functions.invoke(Subject.SCAN_REGIONS.function(), Subject.SCAN_REGIONS.event(root));
    }
  }

  private Connection connect(Instant now) {
    Connection pending =
        Connection.pending(
            TENANT,
            CONNECTION,
            "Production",
            Tier.MINIMAL,
            wiring
                .vault()
                .seal(TENANT, CONNECTION, RoleReference.issued(externalId).withRole(role)),
            now);
    wiring.connections().create(pending);
    Proof proof = new Proof(now, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());
    return save(pending, pending.proven(role.account(), proof));
  }

  private Connection save(Connection before, Connection after) {
    require(wiring.connections().save(before, after) == ConnectionStore.Saved.SAVED);
    return wiring.connections().find(TENANT, CONNECTION, Instant.now()).orElseThrow();
  }

  private void empty(String table) {
    DynamoDbClient client = backend.database().client();
    client
        .scanPaginator(scan -> scan.tableName(table).projectionExpression("pk, sk"))
        .items()
        .forEach(key -> client.deleteItem(delete -> delete.tableName(table).key(key)));
  }

  private static void require(boolean written) {
    if (!written) {
      throw new IllegalStateException("a write was refused");
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
