package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoRunStore;
import io.cloudoperator.store.DynamoScanRetention;
import io.cloudoperator.store.DynamoSnapshotStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The routes of connections on real tables, with a notary, a vault and customers that are made up.
 * Each test has a tenant of its own.
 */
@ExtendWith(DeployedTables.Extension.class)
abstract class ConnectStage {
  static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/CloudOperatorReadOnly");
  static final RoleArn OTHER_ROLE = new RoleArn("arn:aws:iam::444455556666:role/CloudOperatorNext");
  static final String STRANGER = "con-ffffffffffffffffffffffffffffffff";

  static final Plan PLAN =
      new Plan(
          ROLE.account(),
          List.of(new Shard(0, List.of(new RegionName("us-east-1")), true)),
          List.of(),
          List.of());

  @SuppressWarnings("NullAway.Init")
  static DeployedTables tables;

  final String tenant = "tenant-" + UUID.randomUUID();
  final Time time = new Time();
  final BoundVault vault = new BoundVault();
  final RolesOfCustomers roles = new RolesOfCustomers();
  final Notary notary = new Notary();
  final ConnectionStore connections =
      new DynamoConnectionStore(tables.client(), tables.connections());
  final RunStore runs = new DynamoRunStore(tables.scanTables(time));
  final SnapshotStore snapshots = new DynamoSnapshotStore(tables.scanTables(time));
  final ScanRetention retention = new DynamoScanRetention(tables.scanTables(time));
  final ApiStore apis = new DynamoApiStore(tables.scanTables(time));
  final Api api = new Api(handler(Map.of()), tenant);
  final Background background =
      new Background(new TestWiring(tables, time, vault, roles, new Heard()), tenant);

  SealedReference sealedForAnother(Connection connection) {
    return vault.seal(
        connection.tenant(),
        new ConnectionId(STRANGER),
        RoleReference.issued(new ExternalId("canary")));
  }

  Run begin(String id) {
    Connection connection = stored(id);
    ScanId scan = ScanId.at(time.instant(), new Random());
    Run run =
        Run.begin(
            new ScanKey(connection.tenant(), connection.id(), scan),
            connection.generation(),
            Run.Trigger.ON_DEMAND,
            time.instant());
    assertThat(runs.begin(connection, run, Optional.empty(), time.instant()))
        .isEqualTo(new RunStore.Begun.Started(run));
    return run;
  }

  /** What a receipt counts. */
  static Map<String, Integer> deleted(Answer answer) {
    Map<String, Integer> counts = new HashMap<>();
    answer
        .body()
        .at("/receipt/deleted")
        .forEach(each -> counts.put(each.get("what").asText(), each.get("count").asInt()));
    return counts;
  }

  /** What a receipt says that remains, by its names. */
  static Map<String, JsonNode> remains(Answer answer) {
    Map<String, JsonNode> remains = new LinkedHashMap<>();
    answer
        .body()
        .at("/receipt/remains")
        .forEach(each -> remains.put(each.get("what").asText(), each));
    return remains;
  }

  ConnectHandler handler(Map<String, String> more) {
    return handler(more, retention);
  }

  /** Every write of it goes through this client. */
  ConnectHandler handler(DynamoDbClient client) {
    return new ConnectHandler(
        new TestWiring(Map.of(), tables, time, vault, roles, new Heard(), Telemetry.logsOnly()) {
          @Override
          DynamoDbClient dynamoDb() {
            return client;
          }
        },
        notary);
  }

  ConnectHandler handler(Map<String, String> more, ScanRetention retention) {
    return new ConnectHandler(
        new TestWiring(more, tables, time, vault, roles, new Heard(), Telemetry.logsOnly()) {
          @Override
          public ScanRetention retention() {
            return retention;
          }
        },
        notary);
  }

  Answer create() {
    return create("Production");
  }

  Answer create(String name) {
    return api.post("/connections", "{\"name\":\"" + name + "\"}");
  }

  Answer activate() {
    Answer created = create();
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    return giveRole(created.at("/id"), ROLE);
  }

  Answer createOf(String tier) {
    return api.post("/connections", "{\"name\":\"a\",\"tier\":\"" + tier + "\"}");
  }

  /** An active connection of this tier. */
  String active(String tier) {
    Answer created = createOf(tier);
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    Answer proven = giveRole(created.at("/id"), ROLE);
    assertThat(proven.status()).as(proven.text()).isEqualTo(200);
    return created.at("/id");
  }

  Answer grant(String id) {
    return api.get("/connections/" + id + "/grant");
  }

  /** What comes of it in the end. */
  Answer giveRole(String id, RoleArn role) {
    return background.settled(put(id, role));
  }

  /** What is answered at once. */
  Answer put(String id, RoleArn role) {
    return api.put("/connections/" + id + "/role", "{\"roleArn\":\"" + role.value() + "\"}");
  }

  /** What comes of it in the end. */
  Answer verify(String id) {
    return background.settled(api.post("/connections/" + id + "/verify"));
  }

  Answer setSchedule(String id, String schedule) {
    return api.put("/connections/" + id + "/schedule", "{\"schedule\":\"" + schedule + "\"}");
  }

  Connection stored(String id) {
    return connections
        .find(new TenantId(tenant), new ConnectionId(id), time.instant())
        .orElseThrow();
  }

  static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.at("/code")).isEqualTo(code);
    assertThat(answer.text()).doesNotContain("Exception", "java.", "io.cloudoperator");
  }
}
