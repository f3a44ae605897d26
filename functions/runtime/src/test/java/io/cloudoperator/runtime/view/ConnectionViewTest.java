package io.cloudoperator.runtime.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionViewTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Connection pending =
      Connection.pending(
          new TenantId("acme"),
          new ConnectionId("con-" + "0".repeat(32)),
          "Production",
          Tier.MINIMAL,
          new SealedReference("a2V5", "bm9uY2U=", "Y2lwaGVy"),
          NOON);
  private final Connection active =
      pending.proven(
          new AccountId("111122223333"),
          new Proof(NOON, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of()));

  @Test
  void saysUntilWhenTheProofHoldsOnlyWhileScansReadOnIt() {
    assertThat(ConnectionView.of(active).proofHoldsUntil()).contains(NOON.plus(Duration.ofDays(3)));

    assertThat(List.of(pending, active.revoked(NOON), active.disconnected(NOON)))
        .extracting(connection -> ConnectionView.of(connection).proofHoldsUntil())
        .allSatisfy(until -> assertThat(until).isEmpty());
  }
}
