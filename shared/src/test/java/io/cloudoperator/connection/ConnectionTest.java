package io.cloudoperator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {
  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
  private static final AccountId ACCOUNT = new AccountId("444455556666");
  private static final SealedReference SEALED = new SealedReference("key", "nonce", "text");

  private final Connection pending =
      Connection.pending(
          new TenantId("acme"),
          new ConnectionId("con-00000000000000000000000000000001"),
          "production",
          Tier.MINIMAL,
          SEALED,
          NOW);
  private final Connection active = pending.proven(ACCOUNT, proof(NOW));

  private static Proof proof(Instant at) {
    return new Proof(at, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());
  }

  @Test
  void isForgottenADayAfterItWasAskedForUnlessItIsProven() {
    Instant end = NOW.plus(Duration.ofHours(24));

    assertThat(pending.status()).isEqualTo(ConnectionStatus.PENDING);
    assertThat(pending.expired(end.minusNanos(1))).isFalse();
    assertThat(pending.expired(end)).isTrue();
    assertThat(active.expired(end)).isFalse();
  }

  @Test
  void isActiveOnceItsRoleIsProven() {
    assertThat(active.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(active.account()).contains(ACCOUNT);
    assertThat(active.proof()).contains(proof(NOW));
    assertThat(active.reference()).contains(SEALED);
  }

  @Test
  void isScannedAnIntervalAfterItWasScheduledAndAfterEachScanThatWasClaimed() {
    Connection daily = active.scheduled(Schedule.DAILY, NOW);
    Instant later = NOW.plusSeconds(90_000);

    assertThat(daily.nextScanAt()).contains(NOW.plus(Duration.ofDays(1)));
    assertThat(daily.claimed(later).nextScanAt()).contains(later.plus(Duration.ofDays(1)));
    assertThat(daily.dueAt(later).nextScanAt()).contains(later);
    assertThat(daily.scheduled(Schedule.OFF, NOW).nextScanAt()).isEmpty();
  }

  @Test
  void pausesItsScheduleWhileItIsSuspendedAndResumesItAnIntervalAfterTheNextProof() {
    Instant later = NOW.plusSeconds(60);
    Connection revoked = active.scheduled(Schedule.HOURLY, NOW).revoked(later);
    Instant back = later.plusSeconds(60);
    Connection restored = revoked.proven(ACCOUNT, proof(back));

    assertThat(revoked.status()).isEqualTo(ConnectionStatus.REVOKED);
    assertThat(revoked.suspendedAt()).contains(later);
    assertThat(revoked.nextScanAt()).isEmpty();
    assertThat(revoked.scheduled(Schedule.DAILY, back).nextScanAt()).isEmpty();
    assertThat(restored.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(restored.suspendedAt()).isEmpty();
    assertThat(restored.nextScanAt()).contains(back.plus(Duration.ofHours(1)));
  }

  @Test
  void staysSuspendedSinceTheFirstTimeThatItWas() {
    Instant later = NOW.plusSeconds(60);

    assertThat(active.revoked(NOW).revoked(later).suspendedAt()).contains(NOW);
    assertThat(active.revoked(NOW).quarantined(proof(later)).suspendedAt()).contains(later);
    assertThat(active.quarantined(proof(later)).proof()).contains(proof(later));
  }

  @Test
  void isDisconnectedOnceItWasSuspendedForThirtyDays() {
    Connection revoked = active.revoked(NOW);
    Instant end = NOW.plus(Duration.ofDays(30));
    Connection lapsed = revoked.asOf(end);

    assertThat(revoked.lapsesAt()).contains(end);
    assertThat(revoked.asOf(end.minusNanos(1))).isEqualTo(revoked);
    assertThat(lapsed.status()).isEqualTo(ConnectionStatus.DISCONNECTED);
    assertThat(lapsed.disconnectedAt()).contains(end);
    assertThat(lapsed.suspendedAt()).contains(NOW);
    assertThat(lapsed.lapsesAt()).isEmpty();
    assertThat(active.asOf(end)).isEqualTo(active);
  }

  @Test
  void keepsNothingOfItsRoleOnceItIsDisconnected() {
    Connection gone = active.scheduled(Schedule.DAILY, NOW).disconnected(NOW);

    assertThat(gone.reference()).isEmpty();
    assertThat(gone.schedule()).isEqualTo(Schedule.OFF);
    assertThat(gone.nextScanAt()).isEmpty();
    assertThat(gone.suspendedAt()).isEmpty();
    assertThat(gone.generation()).isEqualTo(active.generation() + 1);
    assertThat(pending.disconnected(NOW).expiresAt()).isEmpty();
  }

  @Test
  void changesItsReferenceItsGenerationAndItsVersionByThemselves() {
    SealedReference other = new SealedReference("key", "nonce", "other");

    assertThat(pending.withReference(other).reference()).contains(other);
    assertThat(active.nextGeneration().generation()).isEqualTo(active.generation() + 1);
    assertThat(active.atVersion(7).version()).isEqualTo(7);
  }

  @Test
  void takesANameOf64CharactersAtMost() {
    assertThat(named("\ud83d\ude80".repeat(64)).name()).hasSize(128);
    assertThatThrownBy(() -> named("\ud83d\ude80".repeat(65)))
        .hasMessage("a connection's name is 1 to 64 characters");
    assertThatThrownBy(() -> named(" ")).hasMessage("a connection's name is 1 to 64 characters");
  }

  private Connection named(String name) {
    return Connection.pending(pending.tenant(), pending.id(), name, Tier.AUDIT, SEALED, NOW);
  }

  @Test
  void refusesWhatDoesNotFitItsStatus() {
    refuses("expiresAt", active, parts -> parts.expiring(NOW));
    refuses("expiresAt", pending, parts -> parts.as(ConnectionStatus.ACTIVE));
    refuses("reference", active, parts -> parts.with(Optional.empty()));
    refuses("reference", active.disconnected(NOW), parts -> parts.with(Optional.of(SEALED)));
    refuses("account", active, Parts::ofNoAccount);
    refuses("nextScanAt", active, parts -> parts.due(NOW));
    refuses("nextScanAt", active.scheduled(Schedule.DAILY, NOW), Parts::notDue);
    refuses("suspendedAt", active, parts -> parts.suspended(NOW));
    refuses("suspendedAt", active, parts -> parts.as(ConnectionStatus.REVOKED));
    refuses(
        "verification",
        active.withVerification(RoleVerification.askedFor(Optional.empty(), NOW).orElseThrow()),
        parts -> parts.as(ConnectionStatus.DISCONNECTED).notDue().with(Optional.empty()));
  }

  private static void refuses(String part, Connection of, UnaryOperator<Parts> change) {
    assertThatThrownBy(() -> change.apply(new Parts(of)).connection())
        .as(part)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(part + " does not fit a connection that is ");
  }

  /** A connection in parts that need not fit. */
  private record Parts(
      Connection of,
      ConnectionStatus status,
      Optional<Instant> expiresAt,
      Optional<AccountId> account,
      Optional<SealedReference> reference,
      Optional<Instant> nextScanAt,
      Optional<Instant> suspendedAt) {
    Parts(Connection of) {
      this(
          of,
          of.status(),
          of.expiresAt(),
          of.account(),
          of.reference(),
          of.nextScanAt(),
          of.suspendedAt());
    }

    Parts expiring(Instant at) {
      return new Parts(of, status, Optional.of(at), account, reference, nextScanAt, suspendedAt);
    }

    Parts as(ConnectionStatus other) {
      return new Parts(of, other, expiresAt, account, reference, nextScanAt, suspendedAt);
    }

    Parts with(Optional<SealedReference> other) {
      return new Parts(of, status, expiresAt, account, other, nextScanAt, suspendedAt);
    }

    Parts ofNoAccount() {
      return new Parts(of, status, expiresAt, Optional.empty(), reference, nextScanAt, suspendedAt);
    }

    Parts due(Instant at) {
      return new Parts(of, status, expiresAt, account, reference, Optional.of(at), suspendedAt);
    }

    Parts notDue() {
      return new Parts(of, status, expiresAt, account, reference, Optional.empty(), suspendedAt);
    }

    Parts suspended(Instant at) {
      return new Parts(of, status, expiresAt, account, reference, nextScanAt, Optional.of(at));
    }

    Connection connection() {
      return new Connection(
          of.tenant(),
          of.id(),
          of.name(),
          of.tier(),
          status,
          of.createdAt(),
          expiresAt,
          account,
          reference,
          of.proof(),
          of.schedule(),
          nextScanAt,
          suspendedAt,
          of.disconnectedAt(),
          of.verification(),
          of.generation(),
          of.version());
    }
  }

  @Test
  void tellsItsOperatorOfAChangeOfItsStatusThatMattersAndOfNoOther() {
    Connection revoked = active.revoked(NOW);

    assertThat(kind(active, revoked)).contains(ConnectionEvent.Kind.REVOKED);
    assertThat(kind(active, active.quarantined(proof(NOW))))
        .contains(ConnectionEvent.Kind.QUARANTINED);
    assertThat(kind(revoked, revoked.proven(ACCOUNT, proof(NOW))))
        .contains(ConnectionEvent.Kind.RESTORED);
    assertThat(kind(revoked, revoked.asOf(NOW.plus(Connection.SUSPENDED_FOR))))
        .contains(ConnectionEvent.Kind.LAPSED);
    assertThat(kind(pending, active)).isEmpty();
    assertThat(kind(active, active.nextGeneration())).isEmpty();
    assertThat(kind(active, active.disconnected(NOW))).isEmpty();
    assertThat(ConnectionEvent.of(active, revoked, NOW))
        .contains(
            new ConnectionEvent(
                ConnectionEvent.Kind.REVOKED,
                active.tenant(),
                active.id(),
                Optional.of(ACCOUNT),
                NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "REVOKED, role.revoked, Connection Revoked, ConnectionsRevoked, can no longer be assumed",
    "RESTORED, role.restored, Connection Restored, ConnectionsRestored, proven again",
    "QUARANTINED, role.quarantined, Connection Quarantined, ConnectionsQuarantined, without its External ID",
    "UNPROVEN, role.unproven, Connection Unproven, ConnectionsUnproven, 72 hours old",
    "LAPSED, reference.lapsed, Connection Lapsed, ConnectionsLapsed, for 30 days",
    "TAMPERED, reference.tampered, Connection Tampered, ReferencesTampered, was changed",
  })
  void callsEachChangeInLogsEventsAndMetricsAsAlarmsAndRulesKnowIt(
      ConnectionEvent.Kind kind, String code, String detailType, String metric, String sentence) {
    assertThat(kind.code()).isEqualTo(code);
    assertThat(kind.detailType()).isEqualTo(detailType);
    assertThat(kind.metric()).isEqualTo(metric);
    assertThat(kind.sentence()).contains(sentence);
  }

  private static Optional<ConnectionEvent.Kind> kind(Connection before, Connection after) {
    return ConnectionEvent.of(before, after, NOW).map(ConnectionEvent::kind);
  }

  @Test
  void provesItsRoleAgainADayAfterTheLastProofWhichHoldsForThreeDays() {
    Proof proof = proof(NOW);

    assertThat(proof.due(NOW.plus(Duration.ofHours(24)).minusNanos(1))).isFalse();
    assertThat(proof.due(NOW.plus(Duration.ofHours(24)))).isTrue();
    assertThat(proof.holdsUntil()).isEqualTo(NOW.plus(Duration.ofDays(3)));
  }

  @Test
  void keepsItsAccountFromOthersOnlyWhileItIsConnected() {
    assertThat(List.of(ConnectionStatus.values()).stream().filter(ConnectionStatus::connected))
        .containsExactly(
            ConnectionStatus.ACTIVE, ConnectionStatus.REVOKED, ConnectionStatus.QUARANTINED);
    assertThat(List.of(ConnectionStatus.values()).stream().filter(ConnectionStatus::suspended))
        .containsExactly(ConnectionStatus.REVOKED, ConnectionStatus.QUARANTINED);
  }

  @Test
  void triesItsRoleInTheBackgroundUntilItsEndWhoeverWasToWriteThat() {
    RoleVerification asked = RoleVerification.askedFor(Optional.empty(), NOW).orElseThrow();
    RoleVerification begun = asked.begun(NOW, Optional.of(SEALED), "{}");
    Connection verifying = pending.withVerification(begun);
    Instant end = NOW.plus(RoleVerification.GOES_ON_FOR);

    assertThat(pending.withVerification(asked).verifying()).isFalse();
    assertThat(asked.status()).isEmpty();
    assertThat(begun.goesOn()).isTrue();
    assertThat(begun.status()).contains(RoleVerification.Status.VERIFYING);
    assertThat(verifying.verifying()).isTrue();
    assertThat(verifying.asOf(end.minusNanos(1))).isEqualTo(verifying);
    assertThat(verifying.asOf(end))
        .isEqualTo(pending.withVerification(asked.ended(Optional.of("{}"))));
    assertThat(verifying.asOf(end).verifying()).isFalse();
    assertThat(begun.asOf(end).goesOn()).isFalse();
    assertThat(begun.asOf(end).status()).contains(RoleVerification.Status.FAILED);
  }

  @Test
  void isProvenTenTimesInFiveMinutesAtMost() {
    Optional<RoleVerification> asked = Optional.empty();
    for (int i = 0; i < 10; i++) {
      asked = RoleVerification.askedFor(asked, NOW.plusSeconds(i));
    }
    Instant end = NOW.plus(Duration.ofMinutes(5));

    assertThat(asked.map(RoleVerification::since)).contains(NOW);
    assertThat(asked.map(RoleVerification::asked)).contains(10);
    assertThat(RoleVerification.askedFor(asked, end.minusNanos(1))).isEmpty();
    assertThat(RoleVerification.askedFor(asked, end).map(RoleVerification::asked)).contains(1);
  }

  @Test
  void refusesAVerificationThatGoesOnWithoutAProblemOrThatEndedWithACandidate() {
    assertThatThrownBy(() ->
            new RoleVerification(NOW, 1, Optional.of(NOW), Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new RoleVerification(NOW, 1, Optional.empty(), Optional.of(SEALED), Optional.of("{}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNamedByOneOf128RandomBits() {
    assertThat(ConnectionId.random(() -> -1L).value()).isEqualTo("con-" + "f".repeat(32));
    assertThat(ConnectionId.random(() -> 0L).value()).isEqualTo("con-" + "0".repeat(32));
  }

  @Test
  void writesItsIdsAsTheyAre() {
    assertThat(active.id()).hasToString("con-00000000000000000000000000000001");
    assertThat(active.tenant()).hasToString("acme");
    assertThat(ACCOUNT).hasToString("444455556666");
  }

  @Test
  void takesAnExternalIdThatAwsTakesAndNeverShowsIt() {
    ExternalId issued = ExternalId.random(new SecureRandom());

    assertThat(issued.value()).matches(ExternalId.ISSUED);
    assertThat(issued).isNotEqualTo(ExternalId.random(new SecureRandom()));
    assertThat(issued).hasToString("ExternalId[hidden]");
    assertThatThrownBy(() -> new ExternalId("x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ExternalId("no blank"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
