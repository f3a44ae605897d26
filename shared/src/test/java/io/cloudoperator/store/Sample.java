package io.cloudoperator.store;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Values to store. */
final class Sample {
  static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456789Z");
  static final AccountId ACCOUNT = new AccountId("444455556666");
  static final SealedReference SEALED = new SealedReference("a2V5", "bm9uY2U=", "Y2lwaGVy");
  static final SealedReference RESEALED = new SealedReference("a2V6", "bm9uY2Y=", "Y2lwaGVz");
  static final Proof PROOF =
      new Proof(
          NOW,
          Proof.Verdict.PROVEN,
          ProofPolicy.REQUIRE,
          List.of(
              new Proof.Probe(Proof.Attempt.WITH_EXTERNAL_ID, true, ""),
              new Proof.Probe(Proof.Attempt.WITHOUT_EXTERNAL_ID, false, "AccessDenied")));

  private Sample() {}

  static TenantId tenant() {
    return new TenantId("tenant-" + UUID.randomUUID());
  }

  static Connection pending(TenantId tenant) {
    return pending(tenant, SEALED);
  }

  static Connection pending(TenantId tenant, SealedReference sealed) {
    return Connection.pending(
        tenant, ConnectionId.random(RANDOM), "Production", Tier.MINIMAL, sealed, NOW);
  }
}
