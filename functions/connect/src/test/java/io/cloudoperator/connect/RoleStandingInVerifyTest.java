package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.store.DynamoConnectionStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What proving a role again finds out about it, and what becomes of its connection. */
class RoleStandingInVerifyTest {
  private static final RoleArn ROLE =
      new RoleArn("arn:aws:iam::444455556666:role/CloudOperatorReadOnly");
  private static final RoleArn OTHER_ROLE =
      new RoleArn("arn:aws:iam::444455556666:role/CloudOperatorNext");
  private static final RoleArn CANARY =
      new RoleArn("arn:aws:iam::111122223333:role/cloudoperator/canary/Canary");

  private static final Map<String, String> CANARY_SETTING =
      Map.of("CANARY_ROLE_ARN", CANARY.value());

  @SuppressWarnings("NullAway.Init")
  private static DeployedTables tables;

  private final String tenant = "tenant-" + UUID.randomUUID();
  private final Time time = new Time();
  private final BoundVault vault = new BoundVault();
  private final RolesOfCustomers roles = new RolesOfCustomers();
  private final Heard heard = new Heard();
  private final ConnectionStore connections =
      new DynamoConnectionStore(tables.client(), tables.connections());
  private final Api api = new Api(handler(CANARY_SETTING), tenant);
  private final String externalId;
  private final String id;

  RoleStandingInVerifyTest() {
    Answer created = api.post("/connections", "{\"name\":\"Production\"}");
    id = created.at("/id");
    externalId = created.at("/externalId");
  }

  @BeforeAll
  static void startTheTables() throws IOException {
    tables = new DeployedTables();
  }

  @AfterAll
  static void stopTheTables() {
    tables.close();
  }

  @BeforeEach
  void connect() {
    roles.roleThatTrusts(ROLE, externalId);
    roles.role(CANARY, Optional::isEmpty);
    assertThat(giveRole(ROLE).at("/status")).isEqualTo("active");
  }

  @Test
  void revokesAConnectionWhoseRoleIsDeniedWhileOursIsNot() {
    schedule("daily");
    roles.delete(ROLE);

    Answer refused = verify();

    assertRefused(refused, 422, "role_revoked");
    assertThat(refused.body().at("/retryable").asBoolean()).isTrue();
    assertThat(current().status()).isEqualTo(ConnectionStatus.REVOKED);
    assertThat(current().nextScanAt()).isEmpty();
    assertThat(heard.kinds()).containsExactly(ConnectionEvent.Kind.REVOKED);
  }

  @Test
  void isActiveAgainOnceTheRoleIsBack() {
    schedule("daily");
    roles.delete(ROLE);
    verify();
    roles.roleThatTrusts(ROLE, externalId);

    Answer verified = verify();

    assertThat(verified.at("/status")).isEqualTo("active");
    assertThat(current().nextScanAt()).contains(time.instant().plus(Duration.ofDays(1)));
    assertThat(heard.kinds())
        .containsExactly(ConnectionEvent.Kind.REVOKED, ConnectionEvent.Kind.RESTORED);
  }

  @Test
  void isActiveAgainWithAnotherRole() {
    roles.delete(ROLE);
    verify();
    roles.roleThatTrusts(OTHER_ROLE, externalId);

    assertThat(giveRole(OTHER_ROLE).at("/status")).isEqualTo("active");
    assertThat(heard.kinds()).contains(ConnectionEvent.Kind.RESTORED);
  }

  @Test
  void saysThatTheReasonIsOursIfOurOwnRoleIsDeniedToo() {
    roles.delete(ROLE);
    roles.delete(CANARY);

    assertRefused(verify(), 503, "broker_not_authorized");
    assertThat(current().status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(heard.kinds()).isEmpty();
  }

  @Test
  void concludesNothingWithoutARoleOfOurOwn() {
    roles.delete(ROLE);
    Background without = new Background(wiring(Map.of()), tenant);

    assertRefused(without.settled(api.post(path("/verify"))), 422, "role_not_assumable");
    assertThat(current().status()).isEqualTo(ConnectionStatus.ACTIVE);
  }

  @Test
  void revokesNothingBecauseARoleThatWasNeverProvenIsDenied() {
    assertRefused(giveRole(OTHER_ROLE), 422, "role_not_assumable");
    assertThat(current().status()).isEqualTo(ConnectionStatus.ACTIVE);
  }

  @Test
  void revokesNoPendingConnection() {
    Answer pending = api.post("/connections", "{\"name\":\"New\"}");
    String body = "{\"roleArn\":\"" + OTHER_ROLE.value() + "\"}";

    String path = "/connections/" + pending.at("/id");
    assertRefused(settled(api.put(path + "/role", body)), 422, "role_not_assumable");
    assertRefused(settled(api.post(path + "/verify")), 422, "role_not_assumable");
  }

  @Test
  void revokesNothingThatWasProvenWhileWeWereDenied() {
    roles.delete(ROLE);
    roles.role(
        CANARY,
        nothing -> {
          roles.roleThatTrusts(ROLE, externalId);
          api.post(path("/verify"));
          return nothing.isEmpty();
        });

    assertThat(verify().at("/status")).isEqualTo("active");
    assertThat(heard.kinds()).isEmpty();
  }

  @Test
  void quarantinesARoleThatAnyoneCanMakeUsAssume() {
    roles.role(ROLE, _ -> true);

    Answer refused = verify();

    assertRefused(refused, 422, "confused_deputy");
    assertThat(refused.body().at("/trustPolicy/Statement")).isNotEmpty();
    assertThat(current().status()).isEqualTo(ConnectionStatus.QUARANTINED);
    assertThat(heard.kinds()).containsExactly(ConnectionEvent.Kind.QUARANTINED);
  }

  @Test
  void letsAQuarantinedRoleBackOnceItAsksForItsExternalId() {
    roles.role(ROLE, _ -> true);
    verify();
    roles.roleThatTrusts(ROLE, externalId);

    assertThat(verify().at("/status")).isEqualTo("active");
  }

  @Test
  void quarantinesNothingBecauseOfARoleThatIsNotTaken() {
    roles.role(OTHER_ROLE, _ -> true);

    assertRefused(giveRole(OTHER_ROLE), 422, "confused_deputy");
    assertThat(current().status()).isEqualTo(ConnectionStatus.ACTIVE);
  }

  @Test
  void takesAScheduleForASuspendedConnection() {
    roles.delete(ROLE);
    verify();

    Answer scheduled = schedule("hourly");

    assertThat(scheduled.status()).isEqualTo(200);
    assertThat(scheduled.at("/schedule")).isEqualTo("hourly");
    assertThat(scheduled.body().has("nextScanAt")).isFalse();
    assertThat(scheduled.at("/suspendedAt")).isNotEmpty();
  }

  @Test
  void disconnectsASuspendedConnection() {
    roles.delete(ROLE);
    verify();

    assertThat(api.delete(path("")).status()).isEqualTo(200);
    assertThat(current().status()).isEqualTo(ConnectionStatus.DISCONNECTED);
  }

  @Test
  void keepsARevokedConnectionForThirtyDays() {
    roles.delete(ROLE);
    verify();
    time.sleep(Connection.SUSPENDED_FOR.minusSeconds(1));
    roles.roleThatTrusts(ROLE, externalId);

    assertThat(verify().at("/status")).isEqualTo("active");
  }

  /** Before the schedule's next tick too, which deletes the reference. */
  @Test
  void takesARevokedConnectionForDisconnectedAfterThirtyDays() {
    roles.delete(ROLE);
    verify();
    time.sleep(Connection.SUSPENDED_FOR);
    roles.roleThatTrusts(ROLE, externalId);

    assertRefused(verify(), 409, "connection_disconnected");
    assertRefused(giveRole(ROLE), 409, "connection_disconnected");
    assertRefused(schedule("hourly"), 409, "connection_disconnected");
    assertThat(heard.kinds()).doesNotContain(ConnectionEvent.Kind.RESTORED);
  }

  @Test
  void deletesTheReferenceThatHasLapsedWhenItIsDisconnected() {
    roles.delete(ROLE);
    verify();
    time.sleep(Connection.SUSPENDED_FOR);

    assertThat(api.delete(path("")).status()).isEqualTo(200);

    assertThat(tables.rawConnections(tenant))
        .singleElement()
        .satisfies(item -> assertThat(item).doesNotContainKeys("ciphertext", "suspendedAt"));
  }

  @Test
  void namesTheLapsedConnectionThatStillHoldsTheAccount() {
    roles.delete(ROLE);
    verify();
    time.sleep(Connection.SUSPENDED_FOR);
    Answer next = api.post("/connections", "{\"name\":\"Next\"}");
    roles.roleThatTrusts(ROLE, next.at("/externalId"));
    String role = "/connections/" + next.at("/id") + "/role";
    String body = "{\"roleArn\":\"" + ROLE.value() + "\"}";

    Answer refused = api.put(role, body);
    assertRefused(refused, 409, "account_already_connected");
    assertThat(refused.at("/connection")).isEqualTo(id);
    api.delete(path(""));

    assertThat(api.put(role, body).at("/status")).isEqualTo("active");
  }

  private Answer verify() {
    return settled(api.post(path("/verify")));
  }

  private Answer giveRole(RoleArn role) {
    return settled(api.put(path("/role"), "{\"roleArn\":\"" + role.value() + "\"}"));
  }

  private Answer settled(Answer answer) {
    return new Background(wiring(CANARY_SETTING), tenant).settled(answer);
  }

  private Answer schedule(String often) {
    return api.put(path("/schedule"), "{\"schedule\":\"" + often + "\"}");
  }

  private String path(String rest) {
    return "/connections/" + id + rest;
  }

  private Connection current() {
    return connections
        .find(new TenantId(tenant), new ConnectionId(id), time.instant())
        .orElseThrow();
  }

  private static void assertRefused(Answer refused, int status, String code) {
    assertThat(refused.status()).as(refused.text()).isEqualTo(status);
    assertThat(refused.at("/code")).isEqualTo(code);
  }

  private ConnectHandler handler(Map<String, String> more) {
    return new ConnectHandler(wiring(more), new Notary());
  }

  private TestWiring wiring(Map<String, String> more) {
    return new TestWiring(more, tables, time, vault, roles, heard, Telemetry.logsOnly());
  }
}
