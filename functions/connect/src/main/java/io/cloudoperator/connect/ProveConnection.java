package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.RoleVerification;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.ConnectionEventPublisher;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.session.AccountSessions;
import io.cloudoperator.session.Canary;
import io.cloudoperator.session.DenialCheck;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.SessionResult;
import io.cloudoperator.session.TrustProbes;
import io.cloudoperator.session.TrustProbes.Probed;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Activates a connection once its role is proven. A pending connection keeps the role that it was
 * given even if the proof fails, so that it can be proven again without it; another one keeps its
 * proven role until another one is.
 *
 * <p>A caller waits for one attempt. If AWS refuses the role as it would a new one, the connection
 * is left {@linkplain Connection#verifying verifying}, and {@link #goOn} tries the role again,
 * without a caller. If it is the proven role that is refused to the end, the connection is
 * suspended: revoked if AWS denies it though not ours; and quarantined if it does not ask for its
 * External ID any more.
 */
final class ProveConnection {
  /** How long a role that AWS refuses is tried again in the background. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What the last attempt, the probes after it and the writing of what was found may take. */
  private static final Duration LAST_ATTEMPT = Duration.ofSeconds(20);

  /** Of one tenant's connections; requests at the same time may make it a few more. */
  static final int MOST_VERIFYING = 20;

  private static final int PAGE = 100;

  private final ConnectionStore store;
  private final ConnectionEditor connections;
  private final RoleReferences references;
  private final VerificationRecorder verifications;
  private final NewRoleSessions sessions;
  private final Supplier<SecureRandom> random;
  private final DenialCheck denials;
  private final ConnectionUpdates updates;
  private final BrokerIdentity broker;
  private final InstantSource clock;

  ProveConnection(Wiring wiring) {
    clock = () -> wiring.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    ConnectionEventPublisher announcements =
        new ConnectionEventPublisher(wiring.events(), clock, wiring.telemetry());
    RoleSessions roles = wiring.roleSessions();
    random = wiring.random();
    store = wiring.connections();
    updates = new ConnectionUpdates(store, announcements::changed, clock);
    connections = new ConnectionEditor(store, updates, clock);
    references = new RoleReferences(wiring.vault(), announcements);
    verifications =
        new VerificationRecorder(
            CustomerClients.measured(roles, wiring.telemetry()), wiring.ledgers(), clock, random);
    sessions = new NewRoleSessions(clock, wiring.sleeper());
    denials = new DenialCheck(new Canary(roles, wiring.settings().canaryRole()), updates, clock);
    broker = BrokerIdentity.of(wiring.settings());
  }

  /**
   * What is proven, for whom.
   *
   * @param asked the connection as it was written when this was asked for
   * @param held its reference
   * @param tried names the role that is tried, sealed: {@code held}, or what is to take its place
   */
  private record Asked(Connection asked, SealedReference held, SealedReference tried) {
    /** What is found out about another role says nothing of the one that was proven. */
    boolean provenBefore() {
      return asked.status().connected() && tried.equals(held);
    }

    RoleVerification verification() {
      return asked.verification().orElseThrow();
    }

    /** The connection, if nobody disconnected it or gave it another role since. */
    Connection unchanged(Connection current) {
      return ProveConnection.unchanged(current, held);
    }

    /** The same, if no other proof of it was asked for since either. */
    Connection newest(Connection current) {
      if (!current.verification().equals(asked.verification())) {
        ConnectionEditor.refuseDisconnected(current);
        throw ConnectionEditor.changedMeanwhile();
      }
      return unchanged(current);
    }
  }

  /** Proves the connection with this role, or leaves it verifying. */
  Connection withRole(TenantId tenant, ConnectionId id, RoleArn role) {
    Connection found = connections.read(tenant, id);
    SealedReference held = held(found);
    refuseAnotherPartition(role);
    refuseAnotherAccount(found, role);
    RoleReference reference = references.open(found, held);
    RoleReference next = reference.withRole(role);
    SealedReference sealed = next.equals(reference) ? held : references.seal(found, next);
    if (found.status() == ConnectionStatus.PENDING) {
      Connection kept = ask(found, held, current -> current.withReference(sealed));
      return proveOnce(new Asked(kept, sealed, sealed), next);
    }
    return proveOnce(new Asked(ask(found, held, current -> current), held, sealed), next);
  }

  /** Proves the connection again with the role that it has, or leaves it verifying. */
  Connection again(TenantId tenant, ConnectionId id) {
    Connection found = connections.read(tenant, id);
    SealedReference held = held(found);
    RoleReference reference = references.open(found, held);
    if (reference.roleArn().isEmpty()) {
      throw ProofProblems.roleMissing(found);
    }
    return proveOnce(new Asked(ask(found, held, current -> current), held, held), reference);
  }

  /** Writes down that a proof is asked for, unless too many were. */
  private Connection ask(Connection found, SealedReference held, UnaryOperator<Connection> change) {
    return connections.change(
        found.tenant(),
        found.id(),
        current -> {
          Instant now = clock.instant();
          Optional<RoleVerification> before = current.verification();
          return change
              .apply(unchanged(current, held))
              .withVerification(
                  RoleVerification.askedFor(before, now)
                      .orElseThrow(() -> ProofProblems.tooManyAsked(before.orElseThrow(), now)));
        });
  }

  private Connection proveOnce(Asked what, RoleReference reference) {
    return verifications.verify(
        what.asked(),
        (session, roles) -> {
          SessionResult result = open(what, reference, session.value(), roles, Duration.ZERO);
          return NewRoleSessions.mayPass(result)
              ? leaveVerifying(what, ProofProblems.refused(what.asked(), result).orElseThrow())
              : prove(what, reference, session.value(), roles, result, what::unchanged);
        });
  }

  private Connection leaveVerifying(Asked what, ProblemException why) {
    requireRoom(what.asked());
    Optional<SealedReference> candidate =
        Optional.of(what.tried()).filter(tried -> !tried.equals(what.held()));
    return connections.change(
        what.asked().tenant(),
        what.asked().id(),
        current ->
            what.newest(current)
                .withVerification(
                    what.verification().begun(clock.instant(), candidate, json(why))));
  }

  private void requireRoom(Connection asked) {
    Instant now = clock.instant();
    int verifying = 0;
    Instant soonest = Instant.MAX;
    Optional<ConnectionId> last = Optional.empty();
    do {
      ConnectionStore.Page page = store.list(asked.tenant(), PAGE, last, now);
      for (Connection other : page.connections()) {
        Optional<Instant> until = other.verification().flatMap(RoleVerification::until);
        if (until.isPresent() && !other.id().equals(asked.id())) {
          verifying++;
          soonest = until.get().isBefore(soonest) ? until.get() : soonest;
        }
      }
      last = page.next();
    } while (last.isPresent() && verifying < MOST_VERIFYING);
    if (verifying >= MOST_VERIFYING) {
      throw ProofProblems.tooManyVerifying(MOST_VERIFYING, Duration.between(now, soonest));
    }
  }

  /**
   * Goes on with a connection that is verifying, until its role is proven or refused for good, and
   * writes that down. Does nothing if it is not verifying, or not any more; what another has found
   * out meanwhile, or a newer request has asked for, stands.
   */
  void goOn(TenantId tenant, ConnectionId id) {
    Optional<Connection> found =
        store.find(tenant, id, clock.instant()).filter(Connection::verifying);
    if (found.isEmpty()) {
      return;
    }
    Connection asked = found.get();
    SealedReference held = asked.reference().orElseThrow();
    RoleVerification verification = asked.verification().orElseThrow();
    Asked what = new Asked(asked, held, verification.candidate().orElse(held));
    try {
      RoleReference reference = references.open(asked, what.tried());
      verifications.verify(
          asked,
          (session, roles) -> {
            SessionResult result = open(what, reference, session.value(), roles, patience(what));
            return prove(what, reference, session.value(), roles, result, what::newest);
          });
    } catch (ProblemException refused) {
      connections.changeIfThere(
          tenant,
          id,
          current ->
              current.verification().equals(asked.verification())
                  ? current.withVerification(verification.ended(Optional.of(json(refused))))
                  : current);
    }
  }

  private Duration patience(Asked what) {
    Duration left =
        Duration.between(clock.instant(), what.verification().until().orElseThrow())
            .minus(LAST_ATTEMPT);
    return left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
  }

  private SessionResult open(
      Asked what, RoleReference reference, String session, RoleSessions roles, Duration patience) {
    return sessions.open(
        new AccountSessions(roles),
        reference.roleArn().orElseThrow(),
        reference.externalId(),
        session,
        what.asked().tier(),
        patience);
  }

  /**
   * The probes come after the success: only then does a denial say anything of the trust policy.
   *
   * @param current the connection as it may be changed, or a problem
   */
  private Connection prove(
      Asked what,
      RoleReference reference,
      String session,
      RoleSessions roles,
      SessionResult result,
      UnaryOperator<Connection> current) {
    Connection connection = what.asked();
    RoleArn role = reference.roleArn().orElseThrow();
    if (what.provenBefore() && result instanceof SessionResult.Denied(var code, _)) {
      throw denied(connection, session, code);
    }
    ProofProblems.requireOpened(connection, result);
    Probed probed = new TrustProbes(roles, random).probe(role, session, connection.tier());
    return switch (probed) {
      case Probed.Inconclusive(var code, _) -> throw ProofProblems.inconclusive(code);
      case Probed.Shown(var verdict, var probes, _) -> {
        Proof proof = new Proof(clock.instant(), verdict, broker.proofPolicy(), probes);
        if (refused(proof)) {
          if (what.provenBefore()) {
            updates.quarantined(connection, proof);
          }
          throw ProofProblems.confusedDeputy(broker.role(connection.tier()), probes);
        }
        yield connections.change(
            connection.tenant(),
            connection.id(),
            before ->
                current
                    .apply(before)
                    .withReference(what.tried())
                    .proven(role.account(), proof)
                    .withVerification(
                        before
                            .verification()
                            .orElseGet(what::verification)
                            .ended(Optional.empty())));
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

  private static String json(ProblemException why) {
    return Json.write(why.problem().members());
  }

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
