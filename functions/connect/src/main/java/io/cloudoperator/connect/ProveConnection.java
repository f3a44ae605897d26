package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.session.Canary;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Activates a connection once its role is proven. A pending connection keeps the role that it was
 * given even if the proof fails, so that it can be proven again without it; another one keeps its
 * proven role until another one is.
 *
 * <p>If it is that proven role that fails, the connection is suspended: revoked if AWS denies it
 * though not ours, quarantined if it does not ask for its External ID any more.
 */
final class ProveConnection {
  private final Changes changes;
  private final References references;
  private final Verifications verifications;
  private final RoleTrial trial;
  private final Canary canary;
  private final Broker broker;
  private final InstantSource clock;

  ProveConnection(
      Changes changes,
      References references,
      Verifications verifications,
      RoleTrial trial,
      Canary canary,
      Broker broker,
      InstantSource clock) {
    this.changes = changes;
    this.references = references;
    this.verifications = verifications;
    this.trial = trial;
    this.canary = canary;
    this.broker = broker;
    this.clock = clock;
  }

  /** Proves the connection with this role. */
  Connection withRole(TenantId tenant, ConnectionId id, RoleArn role) {
    Connection found = changes.read(tenant, id);
    SealedReference held = held(found);
    refuseAnotherPartition(role);
    refuseAnotherAccount(found, role);
    RoleReference reference = references.open(found, held);
    RoleReference next = reference.withRole(role);
    if (next.equals(reference)) {
      return prove(found, held, next, held);
    }
    SealedReference sealed = references.seal(found, next);
    if (found.status() != ConnectionStatus.PENDING) {
      return prove(found, held, next, sealed);
    }
    Connection kept =
        changes.change(tenant, id, current -> unchanged(current, held).withReference(sealed));
    return prove(kept, sealed, next, sealed);
  }

  /** Proves the connection again, with the role that it has. */
  Connection again(TenantId tenant, ConnectionId id) {
    Connection found = changes.read(tenant, id);
    SealedReference held = held(found);
    return prove(found, held, references.open(found, held), held);
  }

  private Connection prove(
      Connection connection, SealedReference held, RoleReference reference, SealedReference next) {
    return verifications.kept(
        connection, session -> prove(connection, held, reference, next, session));
  }

  private Connection prove(
      Connection connection,
      SealedReference held,
      RoleReference reference,
      SealedReference next,
      String session) {
    RoleArn role = reference.roleArn().orElseThrow(() -> ProofProblems.roleMissing(connection));
    // What is found out about another role says nothing of the one that was proven.
    boolean provenBefore = connection.status().connected() && next.equals(held);
    Verdict verdict = trial.run(role, reference.externalId(), session, connection.tier());
    return switch (verdict) {
      case Verdict.Assumed assumed -> {
        Proof proof = new Proof(now(), assumed.proof(), broker.proofPolicy(), assumed.probes());
        if (refused(proof)) {
          if (provenBefore) {
            quarantine(connection, held, proof);
          }
          throw ProofProblems.confusedDeputy(broker, assumed.probes());
        }
        yield changes.change(
            connection.tenant(),
            connection.id(),
            current ->
                unchanged(current, held).withReference(next).proven(assumed.account(), proof));
      }
      case Verdict.NotAssumable(var code) ->
          throw provenBefore
              ? denied(connection, held, session, code)
              : ProofProblems.notAssumable(connection, code);
      case Verdict.AnotherAccount _ -> throw ProofProblems.anotherAccount();
      case Verdict.Unknown(var code) -> throw ProofProblems.inconclusive(code);
    };
  }

  private static boolean refused(Proof proof) {
    return proof.verdict() == Proof.Verdict.CONFUSED_DEPUTY
        && proof.policy() == ProofPolicy.REQUIRE;
  }

  private void quarantine(Connection connection, SealedReference held, Proof proof) {
    changes.change(
        connection.tenant(),
        connection.id(),
        current -> has(current, held) ? current.quarantined(proof) : current);
  }

  /** What a denial of the proven role means: to the connection, and to the caller. */
  private ProblemException denied(
      Connection connection, SealedReference held, String session, String code) {
    Instant at = now();
    return switch (canary.sideOfDenial(session, connection.tier())) {
      case CUSTOMERS -> {
        Connection after =
            changes.change(
                connection.tenant(),
                connection.id(),
                current ->
                    has(current, held) && current.proof().equals(connection.proof())
                        ? current.revoked(at)
                        : current);
        yield after.status() == ConnectionStatus.REVOKED
            ? ProofProblems.revoked(connection, code)
            : ProofProblems.notAssumable(connection, code);
      }
      case OURS -> ProofProblems.brokerNotAuthorized(code);
      case UNKNOWN -> ProofProblems.notAssumable(connection, code);
    };
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static boolean has(Connection connection, SealedReference held) {
    return connection.reference().equals(Optional.of(held));
  }

  /** The connection, if nobody disconnected it or gave it another role since. */
  private static Connection unchanged(Connection current, SealedReference held) {
    if (!has(current, held)) {
      Changes.refuseDisconnected(current);
      throw Changes.changedMeanwhile();
    }
    return current;
  }

  private static SealedReference held(Connection connection) {
    Changes.refuseDisconnected(connection);
    return connection.reference().orElseThrow();
  }

  private void refuseAnotherPartition(RoleArn role) {
    if (!role.partition().equals(broker.partition())) {
      throw new ProblemException(
          Problem.field(
              "roleArn",
              "A role can only be assumed from within its partition; ours is "
                  + broker.partition()
                  + "."));
    }
  }

  private static void refuseAnotherAccount(Connection connection, RoleArn role) {
    if (connection.account().isPresent() && !connection.account().get().equals(role.account())) {
      throw new ProblemException(
          Problem.of(
              409,
              "another_account",
              "The connection is of another account",
              "This connection is of AWS account "
                  + connection.account().get()
                  + " and stays with it. Connect another account by another connection."));
    }
  }
}
