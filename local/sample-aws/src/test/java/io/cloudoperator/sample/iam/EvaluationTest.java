package io.cloudoperator.sample.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may assume a role of their own account: what the trust policy allows, and what limits it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html">Policy
 *     evaluation within one account</a>
 */
final class EvaluationTest {
  private static final String ACCOUNT = "111122223333";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/Caller/session";
  private static final String ROLE = "arn:aws:iam::111122223333:role/Caller";

  private static final String ALL = "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}";
  private static final String READS =
      "{'Statement':{'Effect':'Allow','Action':'ec2:*','Resource':'*'}}";

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:root, IDENTITY, false",
    "arn:aws:iam::111122223333:role/Caller, IDENTITY, true",
    "arn:aws:iam::111122223333:role/Caller, BOUNDARY, false",
    "arn:aws:iam::111122223333:role/Caller, SESSION, false",
    "*, IDENTITY, true",
    "*, SESSION, false",
    "arn:aws:sts::111122223333:assumed-role/Caller/session, IDENTITY, true",
    "arn:aws:sts::111122223333:assumed-role/Caller/session, BOUNDARY, true",
    "arn:aws:sts::111122223333:assumed-role/Caller/session, SESSION, true",
    "arn:aws:sts::111122223333:assumed-role/Caller/session, SERVICE_CONTROL, false",
  })
  void limitsTheTrustByWhatDoesNotAllowTheCall(String trusted, PolicyKind silent, boolean allowed) {
    assertThat(decide("arn:aws:iam::111122223333:role/Assumed", trusted, silent).allowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"IDENTITY", "BOUNDARY", "SESSION", "SERVICE_CONTROL"})
  void asksEveryPolicyAcrossAccounts(PolicyKind silent) {
    assertThat(decide("arn:aws:iam::444455556666:role/Assumed", SESSION, silent))
        .isEqualTo(new Decision.ImplicitDeny(silent));
  }

  /** What a session that is trusted gets, whose policies allow it all but one. */
  private static Decision decide(String role, String trusted, PolicyKind silent) {
    Caller caller =
        new Caller(
            ACCOUNT,
            SESSION,
            ROLE,
            "AROAEXAMPLE:session",
            List.of(policy(PolicyKind.SERVICE_CONTROL, silent)),
            List.of(policy(PolicyKind.IDENTITY, silent)),
            Optional.of(policy(PolicyKind.BOUNDARY, silent)),
            Optional.of(policy(PolicyKind.SESSION, silent)),
            true,
            Optional.empty());
    String trust =
        "{'Statement':{'Effect':'Allow','Principal':{'AWS':'%s'},'Action':'sts:AssumeRole'}}"
            .formatted(trusted);
    return Evaluation.ofTrust(
        Role.of(role, read(trust, PolicyKind.TRUST), Optional.empty()),
        caller,
        List.of("sts:AssumeRole"),
        new AccessRequest("sts:AssumeRole", role, Map.of()));
  }

  private static Policy policy(PolicyKind kind, PolicyKind silent) {
    return read(kind == silent ? READS : ALL, kind);
  }

  private static Policy read(String document, PolicyKind kind) {
    return Policy.parse(document.replace('\'', '"'), kind);
  }
}
