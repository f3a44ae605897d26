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
import io.cloudoperator.vault.RoleVault;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Activates a connection once its role is proven. A pending connection keeps the role that it was
 * given even if the proof fails, so that it can be proven again without it; an active one keeps its
 * proven role until another one is.
 */
final class ProveConnection {
  private final Changes changes;
  private final RoleVault vault;
  private final RoleTrial trial;
  private final Broker broker;
  private final InstantSource clock;

  ProveConnection(
      Changes changes, RoleVault vault, RoleTrial trial, Broker broker, InstantSource clock) {
    this.changes = changes;
    this.vault = vault;
    this.trial = trial;
    this.broker = broker;
    this.clock = clock;
  }

  /** Proves the connection with this role. */
  Connection withRole(TenantId tenant, ConnectionId id, RoleArn role) {
    Connection found = changes.read(tenant, id);
    SealedReference held = held(found);
    refuseAnotherPartition(role);
    refuseAnotherAccount(found, role);
    RoleReference reference = vault.open(tenant, id, held);
    RoleReference next = reference.withRole(role);
    if (next.equals(reference)) {
      return prove(found, held, next, held);
    }
    SealedReference sealed = vault.seal(tenant, id, next);
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
    return prove(found, held, vault.open(tenant, id, held), held);
  }

  private Connection prove(
      Connection connection, SealedReference held, RoleReference reference, SealedReference next) {
    RoleArn role = reference.roleArn().orElseThrow(() -> roleMissing(connection));
    Verdict verdict =
        trial.run(role, reference.externalId(), connection.id().value(), connection.tier());
    return switch (verdict) {
      case Verdict.Assumed assumed -> {
        refuseConfusedDeputy(assumed);
        Proof proof =
            new Proof(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                assumed.proof(),
                broker.proofPolicy(),
                assumed.probes());
        yield changes.change(
            connection.tenant(),
            connection.id(),
            current ->
                unchanged(current, held).withReference(next).proven(assumed.account(), proof));
      }
      case Verdict.NotAssumable denied -> throw notAssumable(connection, denied.code());
      case Verdict.AnotherAccount _ ->
          throw new ProblemException(
              Problem.of(
                  422,
                  "account_mismatch",
                  "The role is of another account",
                  "The assumed role is not of the AWS account that its ARN names."));
      case Verdict.Unknown unclear ->
          throw new ProblemException(
              Problem.of(
                      503,
                      "proof_inconclusive",
                      "The role could not be proven now",
                      "AWS gave no clear answer, so nothing was concluded. Try again.")
                  .with("retryable", true)
                  .with("awsErrorCode", unclear.code()));
    };
  }

  /** The connection, if nobody disconnected it or gave it another role since. */
  private static Connection unchanged(Connection current, SealedReference held) {
    if (!current.reference().equals(Optional.of(held))) {
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

  private void refuseConfusedDeputy(Verdict.Assumed assumed) {
    if (assumed.proof() == Proof.Verdict.CONFUSED_DEPUTY
        && broker.proofPolicy() == ProofPolicy.REQUIRE) {
      throw new ProblemException(
          Problem.of(
                  422,
                  "confused_deputy",
                  "The role can be assumed without its External ID",
                  "Whoever can make us assume a role could reach this account. Give the role this"
                      + " trust policy, with the External ID that the connection was created with,"
                      + " and verify again.")
              .with("probes", assumed.probes())
              .with(
                  "trustPolicy",
                  Grant.trustPolicy(broker, "<the External ID of this connection>")));
    }
  }

  private static ProblemException notAssumable(Connection connection, String code) {
    return new ProblemException(
        Problem.of(
                422,
                "role_not_assumable",
                "The role cannot be assumed",
                "AWS refuses it, without saying why: the role does not exist or is too new, or its"
                    + " trust policy names another principal or External ID. Then POST"
                    + " /connections/"
                    + connection.id()
                    + "/verify; a new role can take a minute.")
            .with("retryable", true)
            .with("awsErrorCode", code));
  }

  private static ProblemException roleMissing(Connection connection) {
    return new ProblemException(
        Problem.of(
            409,
            "role_missing",
            "The role is not known yet",
            "PUT its ARN to /connections/" + connection.id() + "/role first."));
  }
}
