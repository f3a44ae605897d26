package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore.PlannedRun;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a scan finds out about a role, and what becomes of its connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoleStandingInScanTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final Stage stage;

  RoleStandingInScanTest() throws IOException {
    stage = new Stage();
  }

  @AfterEach
  void repairTheSample() {
    stage.aws.faults().clear();
    stage.events.clear();
    stage.unpublished = Optional.empty();
    stage.proofPolicy = ProofPolicy.REQUIRE;
    stage.canary = Optional.of(stage.canary());
  }

  @AfterAll
  void close() {
    stage.close();
  }

  // ---------------------------------------------------------------- revoked

  @Test
  void revokesAConnectionWhoseRoleIsDeniedWhileOursIsNot() {
    Connection connection = scheduled(Schedule.DAILY);
    List<Snapshot> before = history(connection, scanned(connection));
    stage.deleteRole(connection);

    assertThat(failureOf(connection)).isEqualTo("role_revoked");

    Connection revoked = stage.current(connection);
    assertThat(revoked.status()).isEqualTo(ConnectionStatus.REVOKED);
    assertThat(revoked.suspendedAt()).isPresent();
    assertThat(revoked.nextScanAt()).isEmpty();
    assertThat(revoked.schedule()).isEqualTo(Schedule.DAILY);
    assertThat(kinds()).containsExactly(ConnectionEvent.Kind.REVOKED);
    assertThat(history(connection)).isEqualTo(before);
  }

  @Test
  void saysThatTheReasonIsOursIfOurOwnRoleIsDeniedToo() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    stage.deleteCanary();

    assertThat(failureOf(connection)).isEqualTo("broker_not_authorized");
    assertUntouched(connection);
  }

  @Test
  void concludesNothingIfOurOwnRoleGaveNoClearAnswer() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    RoleSessions unclear =
        (role, externalId, session, tier, phase) ->
            Optional.of(role).equals(stage.canary)
                ? new AssumeRoleResult.Inconclusive("Throttling", List.of())
                : stage.access.assume(role, externalId, session, tier, phase);

    assertThat(failureOf(unclear, connection)).isEqualTo("broker_not_authorized");
    assertUntouched(connection);
  }

  @Test
  void concludesNothingWithoutARoleOfOurOwn() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    stage.canary = Optional.empty();

    assertThat(failureOf(connection)).isEqualTo("role_not_assumable");
    assertUntouched(connection);
  }

  @Test
  void concludesNothingFromAnythingButADenial() {
    Connection connection = stage.connect();
    stage.aws.faults().next("sts", "AssumeRole", Faults.ANY, Fault.internalError().always());

    assertThat(failureOf(connection)).isEqualTo("aws_unavailable");
    assertUntouched(connection);
  }

  @Test
  void leavesItToTheNextScanWhenTheRoleGoesInTheMiddleOfOne() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    List<JsonNode> shards = stage.plan(key);
    stage.deleteRole(connection);
    shards.forEach(shard -> stage.scan(key, shard));
    stage.conclude(key);

    assertUntouched(connection);
    assertThat(failureOf(connection)).isEqualTo("role_revoked");
  }

  @Test
  void isActiveAgainOnceTheRoleIsBack() {
    Connection connection = scheduled(Schedule.HOURLY);
    stage.deleteRole(connection);
    failureOf(connection);
    assertThat(failureOf(connection)).isEqualTo("role_revoked");
    stage.restore(connection);

    assertThat(history(connection, scanned(connection))).hasSize(1);

    Connection restored = stage.current(connection);
    assertThat(restored.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(restored.suspendedAt()).isEmpty();
    assertThat(restored.nextScanAt())
        .contains(restored.proof().orElseThrow().at().plus(Duration.ofHours(1)));
    assertThat(kinds())
        .containsExactly(ConnectionEvent.Kind.REVOKED, ConnectionEvent.Kind.RESTORED);
  }

  @Test
  void staysRevokedWhileItCannotBeProvenAnew() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    failureOf(connection);
    stage.restore(connection);
    RoleSessions unclear =
        (role, externalId, session, tier, phase) ->
            externalId.isEmpty()
                ? new AssumeRoleResult.Inconclusive("Throttling", List.of())
                : stage.access.assume(role, externalId, session, tier, phase);

    assertThat(failureOf(unclear, connection)).isEqualTo("aws_unavailable");
    assertThat(stage.current(connection).status()).isEqualTo(ConnectionStatus.REVOKED);
  }

  @Test
  void revokesEvenIfNobodyCanBeTold() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    stage.unpublished = Optional.of("ThrottlingException");
    int before = stage.measured("EventsUnpublished").size();

    assertThat(failureOf(connection)).isEqualTo("role_revoked");
    assertThat(stage.current(connection).status()).isEqualTo(ConnectionStatus.REVOKED);
    assertThat(stage.measured("EventsUnpublished")).hasSize(before + 1);
  }

  // ---------------------------------------------------------------- others come first

  @Test
  void overwritesNoChangeThatCameFirst() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);

    failureOf(
        whileAssuming(
            connection, current -> current.scheduled(Schedule.WEEKLY, stage.clock.instant())),
        connection);

    Connection revoked = stage.current(connection);
    assertThat(revoked.status()).isEqualTo(ConnectionStatus.REVOKED);
    assertThat(revoked.schedule()).isEqualTo(Schedule.WEEKLY);
  }

  @Test
  void revokesNothingThatWasDisconnectedMeanwhile() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);

    failureOf(
        whileAssuming(connection, current -> current.disconnected(stage.clock.instant())),
        connection);

    assertThat(stage.current(connection).status()).isEqualTo(ConnectionStatus.DISCONNECTED);
    assertThat(stage.events).isEmpty();
  }

  @Test
  void letsANewerProofStand() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    Proof newer =
        new Proof(
            stage.clock.instant().plus(Duration.ofMinutes(1)),
            Proof.Verdict.PROVEN,
            ProofPolicy.REQUIRE,
            List.of());

    String failure =
        failureOf(
            whileAssuming(connection, current -> current.proven(stage.customer(), newer)),
            connection);

    assertThat(failure).isEqualTo("role_not_assumable");
    assertThat(stage.current(connection).status()).isEqualTo(ConnectionStatus.ACTIVE);
  }

  // ---------------------------------------------------------------- proven again

  @Test
  void provesARoleAtMostOnceADay() {
    Connection connection = stage.connect();
    Proof first = stage.current(connection).proof().orElseThrow();

    scanned(connection);
    assertThat(stage.current(connection).proof()).contains(first);

    stage.clock.pass(DAY);
    stage.aws.requests().clear();
    stage.plan(stage.begin(connection));

    Proof second = stage.current(connection).proof().orElseThrow();
    assertThat(second.verdict()).isEqualTo(Proof.Verdict.PROVEN);
    assertThat(second.probes())
        .extracting(Proof.Probe::allowed)
        .containsExactly(true, false, false);
    assertThat(second.at()).isAfterOrEqualTo(first.at().plus(DAY));
    assertThat(stage.aws.requests().of("sts", "AssumeRole")).hasSize(3);
  }

  @Test
  void keepsTheOldProofAndScansIfAwsGivesNoClearAnswer() {
    Connection connection = stage.connect();
    Proof old = stage.current(connection).proof().orElseThrow();
    stage.clock.pass(DAY);
    RoleSessions unclear =
        (role, externalId, session, tier, phase) ->
            externalId.isEmpty()
                ? new AssumeRoleResult.Inconclusive("Throttling", List.of())
                : stage.access.assume(role, externalId, session, tier, phase);
    ScanKey key = stage.begin(connection);

    assertThat(stage.plan(unclear, key)).isNotEmpty();
    assertThat(stage.current(connection).proof()).contains(old);
  }

  @Test
  void countsTheProbesAmongTheCallsOfTheScan() {
    Connection connection = stage.connect();
    stage.clock.pass(DAY);
    ScanKey key = stage.begin(connection);

    stage.plan(key);

    assertThat(stage.runs.planned(key).flatMap(PlannedRun::plan).orElseThrow().calls())
        .extracting(Call::operation)
        .filteredOn("AssumeRole"::equals)
        .hasSize(3);
  }

  // ---------------------------------------------------------------- quarantined

  @Test
  void quarantinesARoleThatAnyoneCanMakeUsAssume() {
    Connection connection = scheduled(Schedule.DAILY);
    stage.openToAnyone(connection);
    stage.clock.pass(DAY);
    stage.aws.requests().clear();

    assertThat(failureOf(connection)).isEqualTo("role_quarantined");

    Connection quarantined = stage.current(connection);
    assertThat(quarantined.status()).isEqualTo(ConnectionStatus.QUARANTINED);
    assertThat(quarantined.proof().orElseThrow().verdict())
        .isEqualTo(Proof.Verdict.CONFUSED_DEPUTY);
    assertThat(quarantined.nextScanAt()).isEmpty();
    assertThat(kinds()).containsExactly(ConnectionEvent.Kind.QUARANTINED);
    assertThat(stage.aws.requests().all())
        .extracting(request -> request.service())
        .doesNotContain("ec2", "s3");
  }

  @Test
  void provesAQuarantinedRoleAnewHoweverFreshItsProof() {
    Connection connection = quarantined();

    assertThat(failureOf(connection)).isEqualTo("role_quarantined");
    stage.restore(connection);
    stage.events.clear();

    assertThat(history(connection, scanned(connection))).hasSize(1);
    assertThat(stage.current(connection).status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(kinds()).containsExactly(ConnectionEvent.Kind.RESTORED);
  }

  @Test
  void revokesAQuarantinedRoleThatIsDeleted() {
    Connection connection = quarantined();
    stage.deleteRole(connection);

    assertThat(failureOf(connection)).isEqualTo("role_revoked");
    assertThat(stage.current(connection).status()).isEqualTo(ConnectionStatus.REVOKED);
  }

  @Test
  void onlyWritesItDownWhereTheOperatorAskedForThat() {
    stage.proofPolicy = ProofPolicy.RECORD;
    Connection connection = stage.connect();
    stage.openToAnyone(connection);
    stage.clock.pass(DAY);

    assertThat(history(connection, scanned(connection))).hasSize(1);

    Connection current = stage.current(connection);
    assertThat(current.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(current.proof().orElseThrow())
        .satisfies(proof -> assertThat(proof.policy()).isEqualTo(ProofPolicy.RECORD))
        .satisfies(proof -> assertThat(proof.verdict()).isEqualTo(Proof.Verdict.CONFUSED_DEPUTY));
  }

  // ----------------------------------------------------------------

  private Connection quarantined() {
    Connection connection = stage.connect();
    stage.openToAnyone(connection);
    stage.clock.pass(DAY);
    failureOf(connection);
    return connection;
  }

  private Connection scheduled(Schedule schedule) {
    Connection connection = stage.connect();
    stage.save(connection, connection.scheduled(schedule, stage.clock.instant()));
    return stage.current(connection);
  }

  /** The same access, with a change that somebody makes at the first attempt. */
  private RoleSessions whileAssuming(Connection connection, UnaryOperator<Connection> change) {
    return (role, externalId, session, tier, phase) -> {
      Connection current = stage.current(connection);
      if (current.version() == connection.version()) {
        stage.save(current, change.apply(current));
      }
      return stage.access.assume(role, externalId, session, tier, phase);
    };
  }

  private void assertUntouched(Connection connection) {
    assertThat(stage.current(connection)).isEqualTo(connection);
    assertThat(stage.events).isEmpty();
  }

  private List<ConnectionEvent.Kind> kinds() {
    return stage.events.stream().map(ConnectionEvent::kind).toList();
  }

  private ScanKey scanned(Connection connection) {
    ScanKey key = stage.begin(connection);
    stage.plan(key).forEach(shard -> stage.scan(key, shard));
    stage.conclude(key);
    return key;
  }

  private List<Snapshot> history(Connection connection, ScanKey after) {
    assertThat(stage.runs.run(after).orElseThrow().state()).isEqualTo(Run.State.CONCLUDED);
    return history(connection);
  }

  private List<Snapshot> history(Connection connection) {
    return stage.snapshots.history(connection.tenant(), connection.id()).snapshots();
  }

  private String failureOf(Connection connection) {
    return failureOf(stage.access, connection);
  }

  private String failureOf(RoleSessions through, Connection connection) {
    ScanKey key = stage.begin(connection);
    assertThat(stage.plan(through, key)).isEmpty();
    return stage.runs.run(key).flatMap(Run::failure).map(Run.Failure::code).orElse("no failure");
  }
}
