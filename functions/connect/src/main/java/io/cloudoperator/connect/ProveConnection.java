package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.session.AccountSessions;
import io.cloudoperator.session.DenialCheck;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.SessionResult;
import io.cloudoperator.session.TrustProbes;
import io.cloudoperator.session.TrustProbes.Probed;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Activates a connection once its role is proven. A pending connection keeps the role that it was
 * given even if the proof fails, so that it can be proven again without it; another one keeps its
 * proven role until another one is.
 *
 * <p>If it is that proven role that fails, the connection is suspended: revoked if AWS denies it
 * though not ours, quarantined if it does not ask for its External ID any more.
 */
final class ProveConnection {
  private final ConnectionEditor connections;
  private final RoleReferences references;
  private final VerificationRecorder verifications;
  private final NewRoleSessions sessions;
  private final Supplier<SecureRandom> random;
  private final DenialCheck denials;
  private final ConnectionUpdates updates;
  private final BrokerIdentity broker;
  private final InstantSource clock;

  ProveConnection(
      ConnectionEditor connections,
      RoleReferences references,
      VerificationRecorder verifications,
      NewRoleSessions sessions,
      Supplier<SecureRandom> random,
      DenialCheck denials,
      ConnectionUpdates updates,
      BrokerIdentity broker,
      InstantSource clock) {
    this.connections = connections;
    this.references = references;
    this.verifications = verifications;
    this.sessions = sessions;
    this.random = random;
    this.denials = denials;
    this.updates = updates;
    this.broker = broker;
    this.clock = clock;
  }

  /** Proves the connection with this role. */
  Connection withRole(TenantId tenant, ConnectionId id, RoleArn role) {
    Connection found = connections.read(tenant, id);
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
        connections.change(tenant, id, current -> unchanged(current, held).withReference(sealed));
    return prove(kept, sealed, next, sealed);
  }

  /** Proves the connection again, with the role that it has. */
  Connection again(TenantId tenant, ConnectionId id) {
    Connection found = connections.read(tenant, id);
    SealedReference held = held(found);
    return prove(found, held, references.open(found, held), held);
  }

  private Connection prove(
      Connection connection, SealedReference held, RoleReference reference, SealedReference next) {
    return verifications.verify(
        connection,
        (session, roles) -> prove(connection, held, reference, next, session.value(), roles));
  }

  /**
   * The probes come after the success: only then does a denial say anything of the trust policy.
   */
  private Connection prove(
      Connection connection,
      SealedReference held,
      RoleReference reference,
      SealedReference next,
      String session,
      RoleSessions roles) {
    RoleArn role = reference.roleArn().orElseThrow(() -> ProofProblems.roleMissing(connection));
    // What is found out about another role says nothing of the one that was proven.
    boolean provenBefore = connection.status().connected() && next.equals(held);
    SessionResult result =
        sessions.open(
            new AccountSessions(roles), role, reference.externalId(), session, connection.tier());
    if (provenBefore && result instanceof SessionResult.Denied(var code, _)) {
      throw denied(connection, session, code);
    }
    ProofProblems.requireOpened(connection, result);
    Probed probed = new TrustProbes(roles, random).probe(role, session, connection.tier());
    return switch (probed) {
      case Probed.Inconclusive(var code, _) -> throw ProofProblems.inconclusive(code);
      case Probed.Shown(var verdict, var probes, _) -> {
        Proof proof = new Proof(clock.instant(), verdict, broker.proofPolicy(), probes);
        if (refused(proof)) {
          if (provenBefore) {
            updates.quarantined(connection, proof);
          }
          throw ProofProblems.confusedDeputy(broker.role(connection.tier()), probes);
        }
        yield connections.change(
            connection.tenant(),
            connection.id(),
            current -> unchanged(current, held).withReference(next).proven(role.account(), proof));
      }
    };
  }

  private static boolean refused(Proof proof) {
    return proof.verdict() == Proof.Verdict.CONFUSED_DEPUTY
        && proof.policy() == ProofPolicy.REQUIRE;
  }

  /** What a denial of the proven role means: to the connection, and to the caller. */
  private ProblemException denied(Connection connection, String session, String code) {
    return switch (denials.cause(connection, session)) {
      case REVOKED -> ProofProblems.revoked(connection, code);
      case BROKER_DENIED -> ProofProblems.brokerNotAuthorized(code);
      case UNDECIDED -> ProofProblems.notAssumable(connection, code);
    };
  }

  /** The connection, if nobody disconnected it or gave it another role since. */
  private static Connection unchanged(Connection current, SealedReference held) {
    if (!current.reference().equals(Optional.of(held))) {
      ConnectionEditor.refuseDisconnected(current);
      throw ConnectionEditor.changedMeanwhile();
    }
    return current;
  }

  private static SealedReference held(Connection connection) {
    ConnectionEditor.refuseDisconnected(connection);
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
          ProblemCode.ANOTHER_ACCOUNT,
          "This connection is of AWS account "
              + connection.account().get()
              + " and stays with it. Connect another account by another connection.");
    }
  }
}
