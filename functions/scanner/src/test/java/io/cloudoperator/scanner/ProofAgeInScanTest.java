package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How old a proof may be for a scan to read with the role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProofAgeInScanTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration LIMIT = Duration.ofDays(3);
  private static final Duration TICK = Duration.ofMillis(1);

  private final Instant provenAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Stage stage;

  /** AWS throttles the attempts without the External ID, and grants those with it. */
  private final RoleSessions unclear;

  ProofAgeInScanTest() throws IOException {
    stage = new Stage();
    unclear =
        (role, externalId, session, tier, phase) ->
            externalId.isEmpty()
                ? new AssumeRoleResult.Inconclusive("Throttling", List.of())
                : stage.access.assume(role, externalId, session, tier, phase);
  }

  @BeforeEach
  void begin() {
    stage.clock.stopAt(provenAt);
    stage.events.clear();
    stage.proofPolicy = ProofPolicy.REQUIRE;
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void isNotRepeatedJustBeforeItIsADayOld() {
    assertThat(attemptsOfAScanAt(DAY.minus(TICK))).isEqualTo(1);
  }

  @Test
  void isRepeatedOnceItIsADayOld() {
    assertThat(attemptsOfAScanAt(DAY)).isEqualTo(3);
  }

  @Test
  void admitsAScanJustBeforeTheLimitThoughAwsGivesNoClearAnswer() {
    Connection connection = stage.connect();
    stage.clock.stopAt(provenAt.plus(LIMIT).minus(TICK));
    ScanKey key = stage.begin(connection);

    stage.plan(unclear, key).forEach(shard -> stage.scan(key, shard));
    stage.conclude(key);

    assertThat(stage.current(connection)).isEqualTo(connection);
    assertThat(stage.events).isEmpty();
    assertThat(stage.snapshots.snapshot(key).orElseThrow().proof()).isEqualTo(connection.proof());
  }

  @Test
  void refusesAScanAtTheLimitIfAwsGivesNoClearAnswer() {
    Connection connection = scheduled();
    stage.clock.stopAt(provenAt.plus(LIMIT));
    stage.aws.requests().clear();
    int before = stage.measured("ConnectionsUnproven").size();

    assertThat(failureOf(unclear, connection)).isEqualTo("proof_outdated");

    assertThat(stage.aws.requests().all())
        .extracting(request -> request.service())
        .isNotEmpty()
        .doesNotContain("ec2", "s3");
    assertThat(stage.events)
        .extracting(ConnectionEvent::kind, ConnectionEvent::connection)
        .containsExactly(Tuple.tuple(ConnectionEvent.Kind.UNPROVEN, connection.id()));
    assertThat(stage.measured("ConnectionsUnproven")).hasSize(before + 1);
  }

  @Test
  void keepsTheConnectionAndItsScheduleSoThatTheNextScanTriesAgain() {
    Connection connection = scheduled();
    stage.clock.stopAt(provenAt.plus(LIMIT));
    failureOf(unclear, connection);

    assertThat(stage.current(connection)).isEqualTo(connection);
    assertThat(connection.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(stage.plan(stage.begin(connection))).isNotEmpty();
    assertThat(stage.current(connection).proof().orElseThrow().at())
        .isEqualTo(provenAt.plus(LIMIT));
  }

  @Test
  void admitsNoScanWithoutAnyProofIfAwsGivesNoClearAnswer() {
    Connection connection = withProof(stage.connect(), Optional.empty());

    assertThat(failureOf(unclear, connection)).isEqualTo("proof_outdated");
  }

  @Test
  void countsNoProofThatWasOnlyWrittenDownOnceTheOperatorRequiresMore() {
    Connection connection =
        withProof(
            stage.connect(),
            Optional.of(
                new Proof(provenAt, Proof.Verdict.CONFUSED_DEPUTY, ProofPolicy.RECORD, List.of())));

    assertThat(failureOf(unclear, connection)).isEqualTo("proof_outdated");
    stage.proofPolicy = ProofPolicy.RECORD;
    assertThat(stage.plan(unclear, stage.begin(connection))).isNotEmpty();
  }

  private long attemptsOfAScanAt(Duration age) {
    Connection connection = stage.connect();
    stage.clock.stopAt(provenAt.plus(age));
    stage.aws.requests().clear();
    stage.plan(stage.begin(connection));
    return stage.aws.requests().of("sts", "AssumeRole").size();
  }

  private Connection scheduled() {
    Connection connection = stage.connect();
    stage.save(connection, connection.scheduled(Schedule.HOURLY, provenAt));
    return stage.current(connection);
  }

  private Connection withProof(Connection connection, Optional<Proof> proof) {
    stage.save(
        connection,
        new Connection(
            connection.tenant(),
            connection.id(),
            connection.name(),
            connection.tier(),
            connection.status(),
            connection.createdAt(),
            connection.expiresAt(),
            connection.account(),
            connection.reference(),
            proof,
            connection.schedule(),
            connection.nextScanAt(),
            connection.suspendedAt(),
            connection.disconnectedAt(),
            connection.verification(),
            connection.generation(),
            connection.version()));
    return stage.current(connection);
  }

  private String failureOf(RoleSessions through, Connection connection) {
    ScanKey key = stage.begin(connection);
    assertThat(stage.plan(through, key)).isEmpty();
    return stage.runs.run(key).flatMap(Run::failure).map(Run.Failure::code).orElse("no failure");
  }
}
