package io.cloudoperator.scanner;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.session.DenialCheck;
import io.cloudoperator.session.TrustProbes;
import io.cloudoperator.session.TrustProbes.Probed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a scan may read with the role that it has assumed, and what it means if it could
 * not assume it. The proof is repeated before a scan once it is {@link Proof#REPEATED_AFTER} old,
 * and always before the connection of a suspended one is active again. Where AWS gives no clear
 * answer, a scan goes on under the old proof until that is {@link Proof#HOLDS_FOR} old.
 */
final class Admission {
  private final TrustProbes probes;
  private final DenialCheck denials;
  private final ConnectionUpdates connections;
  private final ProofPolicy policy;
  private final InstantSource clock;
  private final Telemetry telemetry;

  Admission(
      TrustProbes probes,
      DenialCheck denials,
      ConnectionUpdates connections,
      ProofPolicy policy,
      InstantSource clock,
      Telemetry telemetry) {
    this.probes = probes;
    this.denials = denials;
    this.connections = connections;
    this.policy = policy;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** Whether the scan may go on. */
  sealed interface Entry {
    /** Every attempt to call AssumeRole that the decision took. */
    List<Call> calls();

    /**
     * It may.
     *
     * @param connection as it is now: active
     */
    record Admitted(Connection connection, List<Call> calls) implements Entry {}

    /**
     * It may not: nothing is to be read.
     *
     * @param code AWS's, or a word of ours
     */
    record Refused(ScanFailure failure, String code, List<Call> calls) implements Entry {}
  }

  /**
   * Decides on a session of this role that has just been opened with the External ID.
   *
   * @param connection active or suspended
   */
  Entry admit(Connection connection, RoleArn role, ScanId scan) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean suspended = connection.status().suspended();
    if (!suspended && counting(connection).filter(proof -> !proof.due(now)).isPresent()) {
      return new Entry.Admitted(connection, List.of());
    }
    return switch (probes.probe(role, scan.value(), connection.tier())) {
      case Probed.Shown(var verdict, var shown, var calls) ->
          judge(connection, new Proof(now, verdict, policy, shown), calls);
      case Probed.Inconclusive(var code, var calls) when suspended ->
          new Entry.Refused(ScanFailure.AWS_UNAVAILABLE, code, calls);
      case Probed.Inconclusive(var code, var calls) -> unanswered(connection, now, code, calls);
    };
  }

  /** The scan goes on for as long as the proof that there is holds. */
  private Entry unanswered(Connection connection, Instant now, String code, List<Call> calls) {
    Optional<Proof> proof = counting(connection);
    String why =
        proof
            .map(old -> code + "/" + Duration.between(old.at(), now).toHours() + "h")
            .orElse(code + "/unproven");
    if (proof.filter(old -> now.isBefore(old.holdsUntil())).isEmpty()) {
      return new Entry.Refused(ScanFailure.PROOF_OUTDATED, why, calls);
    }
    telemetry.warn(LogEvent.PROOF_NOT_REPEATED, why);
    return new Entry.Admitted(connection, calls);
  }

  /** The connection's proof, unless the operator has come to require more than it shows. */
  private Optional<Proof> counting(Connection connection) {
    return connection.proof().filter(this::accepted);
  }

  private boolean accepted(Proof proof) {
    return proof.verdict() == Proof.Verdict.PROVEN || policy == ProofPolicy.RECORD;
  }

  private Entry judge(Connection connection, Proof proof, List<Call> calls) {
    if (!accepted(proof)) {
      connections.quarantined(connection, proof);
      return new Entry.Refused(ScanFailure.ROLE_QUARANTINED, "ConfusedDeputy", calls);
    }
    Optional<Connection> active =
        connections
            .proven(connection, proof)
            .filter(current -> current.status() == ConnectionStatus.ACTIVE);
    return active.isPresent()
        ? new Entry.Admitted(active.get(), calls)
        : new Entry.Refused(ScanFailure.NOT_ACTIVE, "ChangedMeanwhile", calls);
  }

  /** What it means that AWS has just denied the role of a connection that was proven once. */
  ScanFailure denied(Connection connection, ScanId scan) {
    return switch (denials.cause(connection, scan.value())) {
      case REVOKED -> ScanFailure.ROLE_REVOKED;
      case BROKER_DENIED -> ScanFailure.BROKER_NOT_AUTHORIZED;
      case UNDECIDED -> ScanFailure.ROLE_NOT_ASSUMABLE;
    };
  }
}
