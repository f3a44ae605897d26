package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.RoleVerification;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.service.ReadOnlyRole;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.SessionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a role was not proven. */
final class ProofProblems {
  private ProofProblems() {}

  /**
   * The session, if it was opened with a role of which nothing was proven yet.
   *
   * @throws ProblemException 422 or 503 otherwise
   */
  static RoleSession requireOpened(Connection connection, SessionResult result) {
    if (result instanceof SessionResult.Opened opened) {
      return opened.session();
    }
    throw refused(connection, result).orElseThrow();
  }

  /** Why nothing is proven of a role that was opened with this result; empty if it was opened. */
  static Optional<ProblemException> refused(Connection connection, SessionResult result) {
    return switch (result) {
      case SessionResult.Opened _ -> Optional.empty();
      case SessionResult.Denied(var code, _) -> Optional.of(notAssumable(connection, code));
      case SessionResult.WrongAccount _ ->
          Optional.of(
              new ProblemException(
                  ProblemCode.ACCOUNT_MISMATCH,
                  "The assumed role is not of the AWS account that its ARN names."));
      case SessionResult.Inconclusive(var code, _) -> Optional.of(inconclusive(code));
      case SessionResult.Unidentified(_, var code, _) -> Optional.of(inconclusive(code));
    };
  }

  /** 422: whoever can make us assume it could reach the account. */
  static ProblemException confusedDeputy(ReadOnlyRole role, List<Proof.Probe> probes) {
    return new ProblemException(
        Problem.of(
                ProblemCode.CONFUSED_DEPUTY,
                "Whoever can make us assume a role could reach this account. Give the role this"
                    + " trust policy, with the External ID that the connection was created with,"
                    + " and verify again.")
            .with("probes", probes)
            .with("trustPolicy", role.trustPolicy("<the External ID of this connection>")));
  }

  /** 422: a role that was never proven is denied. */
  static ProblemException notAssumable(Connection connection, String code) {
    return new ProblemException(
        Problem.of(
                ProblemCode.ROLE_NOT_ASSUMABLE,
                "AWS refuses it, without saying why: the role does not exist or is too new, or its"
                    + " trust policy names another principal or External ID. Then POST"
                    + " /connections/"
                    + connection.id()
                    + "/verify; a new role can take a minute.")
            .with("awsErrorCode", code));
  }

  /** 422: a role that was proven before is denied, and ours is not. */
  static ProblemException revoked(Connection connection, String code) {
    return new ProblemException(
        Problem.of(
                ProblemCode.ROLE_REVOKED,
                ConnectionEvent.Kind.REVOKED.sentence()
                    + " Once the role is back, POST /connections/"
                    + connection.id()
                    + "/verify.")
            .with("awsErrorCode", code));
  }

  /** 503: a role that was proven before is denied, and so is ours. */
  static ProblemException brokerNotAuthorized(String code) {
    return new ProblemException(
        Problem.of(
                ProblemCode.BROKER_NOT_AUTHORIZED,
                "AWS did not let us assume the role, nor a role of our own: the reason is on our"
                    + " side, and nothing was concluded about the role. Try again later.")
            .with("awsErrorCode", code));
  }

  /** 503: AWS gave no clear answer. */
  static ProblemException inconclusive(String code) {
    return new ProblemException(
        Problem.of(
                ProblemCode.PROOF_INCONCLUSIVE,
                "AWS gave no clear answer, so nothing was concluded. Try again.")
            .with("awsErrorCode", code));
  }

  /** 429: too many proofs of one connection were asked for. */
  static ProblemException tooManyAsked(RoleVerification counted, Instant now) {
    return new ProblemException(
        Problem.of(
                ProblemCode.TOO_MANY_REQUESTS,
                "Its role may be proven %d times in %d minutes."
                    .formatted(
                        RoleVerification.MOST_ASKED, RoleVerification.COUNTED_FOR.toMinutes()))
            .retryAfter(Duration.between(now, counted.countedUntil())));
  }

  /** 429: too many roles of one tenant are tried in the background. */
  static ProblemException tooManyVerifying(int most, Duration wait) {
    return new ProblemException(
        Problem.of(
                ProblemCode.TOO_MANY_VERIFYING,
                "AWS refuses this role, which may be too new, and the roles of %d other connections of yours are being tried again already."
                    .formatted(most))
            .retryAfter(wait));
  }

  /** 409: there is no role to prove yet. */
  static ProblemException roleMissing(Connection connection) {
    return new ProblemException(
        ProblemCode.ROLE_MISSING,
        "PUT its ARN to /connections/" + connection.id() + "/role first.");
  }
}
