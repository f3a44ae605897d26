package io.cloudoperator.service.iam;

import static io.cloudoperator.service.CannedAccount.ALL;
import static io.cloudoperator.service.CannedAccount.ASKED;
import static io.cloudoperator.service.CannedAccount.ASSUME;
import static io.cloudoperator.service.CannedAccount.BROKER_ROLES;
import static io.cloudoperator.service.CannedAccount.CONDITION;
import static io.cloudoperator.service.CannedAccount.EXTERNAL_ID;
import static io.cloudoperator.service.CannedAccount.OURS;
import static io.cloudoperator.service.CannedAccount.READ_ONLY;
import static io.cloudoperator.service.CannedAccount.ROOT;
import static io.cloudoperator.service.CannedAccount.allow;
import static io.cloudoperator.service.CannedAccount.condition;
import static io.cloudoperator.service.CannedAccount.deny;
import static io.cloudoperator.service.CannedAccount.policy;
import static io.cloudoperator.service.CannedAccount.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.PermissionDrift.Kind;
import io.cloudoperator.service.CannedAccount;
import io.cloudoperator.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class PermissionDriftTest {
  private static final String ID = "\"sts:ExternalId\":\"" + EXTERNAL_ID + "\"";
  private static final String ROLES = "\"aws:PrincipalArn\":\"" + BROKER_ROLES + "\"";

  private final CannedAccount account = new CannedAccount();

  @Test
  void findsNothingInARoleAsItWasLaunched() {
    assertThat(drift()).isEqualTo(new PermissionDrift(List.of()));
  }

  static Stream<String> asNarrowOrNarrower() {
    return Stream.of(
        // A statement alone, lists of one, another case of what has none.
        "{\"Version\":\"2012-10-17\",\"Statement\":" + allow(OURS, ASSUME, CONDITION) + "}",
        policy(
            allow(
                principal("[\"111122223333\"]"),
                "\"Action\":[\"STS:assumerole\"]",
                condition(
                    "\"StringEquals\":{\"STS:EXTERNALID\":[\"%s\"],\"aws:principalarn\":[\"%s\"]}"
                        .formatted(
                            EXTERNAL_ID,
                            "arn:aws:iam::111122223333:role/cloudoperator/broker/Scan")))),
        // Some of the broker's roles, by a pattern or by name.
        policy(
            allow(
                OURS,
                ASSUME,
                condition(
                    "\"StringEquals\":{%s},\"ArnLike\":{\"aws:PrincipalArn\":\"%s\"}"
                        .formatted(
                            ID,
                            "arn:aws:iam::111122223333:role/cloudoperator/broker/*-ScanRole-*")))),
        policy(
            allow(
                principal("\"arn:aws:iam::111122223333:role/cloudoperator/broker/Scan\""),
                ASSUME,
                condition("\"StringEquals\":{" + ID + "}"))),
        // What else has to be met.
        policy(
            allow(
                OURS,
                ASSUME,
                condition(
                    "\"StringEquals\":{%s},\"StringLike\":{%s},\"IpAddress\":{\"aws:SourceIp\":[\"192.0.2.0/24\"]},\"Bool\":{\"aws:SecureTransport\":true},\"NumericLessThan\":{\"aws:some\":[5]}"
                        .formatted(ID, ROLES)))),
        // What is denied besides, however.
        policy(
            allow(OURS, ASSUME, CONDITION),
            deny("\"Principal\":\"*\"", "\"NotAction\":\"sts:AssumeRole\""),
            deny("\"NotPrincipal\":{\"AWS\":\"" + ROOT + "\"}", ASSUME)));
  }

  @ParameterizedTest
  @MethodSource("asNarrowOrNarrower")
  void findsNothingInATrustPolicyThatAllowsAsMuchOrLess(String trust) {
    account.trust = trust;

    assertThat(kinds()).isEmpty();
  }

  static Stream<Arguments> trustPolicies() {
    String scan = "arn:aws:iam::111122223333:role/cloudoperator/broker/Scan";
    return Stream.of(
        Arguments.of(
            Kind.TRUSTS_WITHOUT_EXTERNAL_ID,
            policy(allow(OURS, ASSUME, condition("\"StringLike\":{" + ROLES + "}")))),
        Arguments.of(
            Kind.TRUSTS_WITHOUT_EXTERNAL_ID,
            policy(
                allow(
                    OURS,
                    ASSUME,
                    condition(
                        "\"StringEquals\":{\"sts:ExternalId\":\"of-another\"},\"StringLike\":{%s}"
                            .formatted(ROLES))))),
        Arguments.of(
            Kind.TRUSTS_WITHOUT_EXTERNAL_ID,
            policy(
                allow(
                    OURS,
                    ASSUME,
                    condition(
                        "\"StringEquals\":{\"sts:ExternalId\":[\"%s\",\"of-another\"]},\"StringLike\":{%s}"
                            .formatted(EXTERNAL_ID, ROLES))))),
        Arguments.of(
            Kind.TRUSTS_WITHOUT_EXTERNAL_ID,
            policy(
                allow(
                    OURS,
                    ASSUME,
                    condition("\"StringLike\":{\"sts:ExternalId\":\"*\",%s}".formatted(ROLES))))),
        Arguments.of(
            Kind.TRUSTS_WITHOUT_EXTERNAL_ID, policy(allow(principal("\"" + scan + "\""), ASSUME))),
        Arguments.of(
            Kind.TRUSTS_WHOLE_BROKER_ACCOUNT,
            policy(allow(OURS, ASSUME, condition("\"StringEquals\":{" + ID + "}")))),
        Arguments.of(
            Kind.TRUSTS_WHOLE_BROKER_ACCOUNT,
            policy(
                allow(
                    OURS,
                    ASSUME,
                    condition(
                        "\"StringEquals\":{%s},\"StringLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::111122223333:*\"}"
                            .formatted(ID))))),
        Arguments.of(
            Kind.TRUSTS_OTHERS,
            policy(
                allow(OURS, ASSUME, CONDITION),
                allow(principal("\"arn:aws:iam::999999999999:root\""), ASSUME, CONDITION))),
        Arguments.of(
            Kind.TRUSTS_OTHERS,
            policy(
                allow(
                    principal("[\"" + ROOT + "\",\"arn:aws:iam::999999999999:role/other\"]"),
                    ASSUME,
                    CONDITION))),
        Arguments.of(
            Kind.TRUSTS_OTHERS,
            policy(
                allow(principal("\"arn:aws:iam::111122223333:role/other\""), ASSUME, CONDITION))),
        Arguments.of(Kind.TRUSTS_OTHERS, policy(allow("\"Principal\":\"*\"", ASSUME, CONDITION))),
        Arguments.of(Kind.TRUSTS_OTHERS, policy(allow(principal("\"*\""), ASSUME, CONDITION))),
        Arguments.of(
            Kind.TRUSTS_OTHERS,
            policy(
                allow(
                    "\"Principal\":{\"AWS\":\"%s\",\"Service\":\"ec2.amazonaws.com\"}"
                        .formatted(ROOT),
                    ASSUME,
                    CONDITION))),
        Arguments.of(
            Kind.TRUSTS_OTHERS,
            policy(
                allow(
                    "\"Principal\":{\"Federated\":\"arn:aws:iam::444455556666:saml-provider/idp\"}",
                    ASSUME,
                    CONDITION))));
  }

  @ParameterizedTest
  @MethodSource("trustPolicies")
  void findsWhomTheRoleTrustsBeyondUs(Kind kind, String trust) {
    account.trust = trust;

    assertThat(drift().deviations()).containsExactly(new Deviation(kind, 1));
  }

  static Stream<String> notUnderstood() {
    String both = "\"StringLike\":{" + ROLES + "},";
    return Stream.of(
        policy(allow(OURS, "\"NotAction\":\"sts:GetCallerIdentity\"", CONDITION)),
        policy(allow("\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::1:root\"}", ASSUME, CONDITION)),
        policy(allow(OURS, "\"Action\":\"sts:*\"", CONDITION)),
        policy(allow(OURS, "\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]", CONDITION)),
        policy(allow(OURS, "\"Action\":[]", CONDITION)),
        policy(allow(ASSUME, CONDITION)),
        policy(allow(principal("[]"), ASSUME, CONDITION)),
        policy(allow(OURS, ASSUME, CONDITION, "\"Novelty\":\"?\"")),
        policy(allow(OURS, ASSUME, CONDITION, CONDITION)),
        policy(allow(OURS, ASSUME, condition(both + "\"StringEqualsIfExists\":{" + ID + "}"))),
        policy(allow(OURS, ASSUME, condition(both + "\"ForAllValues:StringEquals\":{" + ID + "}"))),
        policy(allow(OURS, ASSUME, condition(both + "\"StringNotEquals\":{" + ID + "}"))),
        policy(
            allow(
                OURS,
                ASSUME,
                condition("\"StringEquals\":{%s},\"StringNotLike\":{%s}".formatted(ID, ROLES)))),
        policy(
            allow(
                OURS,
                ASSUME,
                condition(
                    "\"StringEquals\":{%s},\"StringLike\":{%s},\"QuantumEquals\":{\"a\":\"b\"}"
                        .formatted(ID, ROLES)))),
        "{\"Effect\":\"Permit\"," + policy(allow(OURS, ASSUME, CONDITION)).substring(1),
        policy(allow(OURS, ASSUME, CONDITION).replace("\"Allow\"", "\"Permit\"")),
        policy("\"a text\""),
        "[]",
        "no JSON",
        "{\"Statement\":");
  }

  @ParameterizedTest
  @MethodSource("notUnderstood")
  void doesNotTakeForFineWhatItDoesNotUnderstandOfATrustPolicy(String trust) {
    account.trust = trust;

    assertThat(drift().deviations()).containsExactly(new Deviation(Kind.TRUST_NOT_UNDERSTOOD, 1));
  }

  @Test
  void matchesAQuestionMarkOfOurPatternWithNothingButItself() {
    RequestedRole oneLetter =
        new RequestedRole(
            ASKED.role(), ASKED.externalId(), ASKED.broker(), "arn:aws:iam::111122223333:role/?");
    String wide = "arn:aws:iam::111122223333:role/*";

    assertThat(
            new TrustRules(oneLetter)
                .deviations(
                    policy(
                        allow(
                            OURS,
                            ASSUME,
                            condition(
                                "\"StringEquals\":{%s},\"StringLike\":{\"aws:PrincipalArn\":\"%s\"}"
                                    .formatted(ID, wide))))))
        .containsExactly(Kind.TRUSTS_WHOLE_BROKER_ACCOUNT);
  }

  @Test
  void findsThatSecurityAuditIsNotAttached() {
    account.attached = List.of();

    assertThat(drift().deviations()).containsExactly(new Deviation(Kind.SECURITY_AUDIT_MISSING, 1));
  }

  @Test
  void doesNotTakeAPolicyOfTheCustomersForSecurityAudit() {
    account.attached = List.of("arn:aws:iam::444455556666:policy/SecurityAudit");

    assertThat(kinds()).containsExactly(Kind.OTHER_POLICY_ATTACHED, Kind.SECURITY_AUDIT_MISSING);
  }

  @Test
  void countsThePoliciesThatAreAttachedBesides() {
    account.attached =
        List.of(
            "arn:aws:iam::444455556666:policy/one",
            "arn:aws:iam::aws:policy/SecurityAudit",
            "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess");

    assertThat(drift().deviations()).containsExactly(new Deviation(Kind.OTHER_POLICY_ATTACHED, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AdministratorAccess", "PowerUserAccess"})
  void findsAPowerfulPolicy(String name) {
    account.attached =
        List.of("arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/" + name);

    assertThat(drift().deviations())
        .containsExactly(new Deviation(Kind.POWERFUL_POLICY_ATTACHED, 1));
  }

  @Test
  void findsThatTheBoundaryIsMissing() {
    account.boundary = Optional.empty();

    assertThat(drift().deviations()).containsExactly(new Deviation(Kind.BOUNDARY_MISSING, 1));
  }

  @Test
  void findsAnotherBoundary() {
    account.boundary = Optional.of(READ_ONLY.replace("aws:policy", "444455556666:policy"));

    assertThat(drift().deviations()).containsExactly(new Deviation(Kind.BOUNDARY_REPLACED, 1));
  }

  static Stream<String> harmless() {
    return Stream.of(
        policy(allow("\"Action\":\"APIGateway:get\"", ALL)),
        policy(
            allow("\"Action\":\"apigateway:GET\"", "\"Resource\":[\"arn:aws:apigateway:*::/*\"]")),
        policy(deny("\"NotAction\":\"s3:*\"", ALL)),
        policy());
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void findsNothingInAnInlinePolicyThatGrantsAsMuchOrLess(String document) {
    account.inline.put("more", document);

    assertThat(kinds()).isEmpty();
  }

  static Stream<Arguments> inlinePolicies() {
    return Stream.of(
        Arguments.of(
            Kind.INLINE_POLICY_GRANTS_MORE, policy(allow("\"Action\":\"s3:GetObject\"", ALL))),
        Arguments.of(
            Kind.INLINE_POLICY_GRANTS_MORE,
            policy(allow("\"Action\":[\"apigateway:GET\",\"apigateway:PATCH\"]", ALL))),
        Arguments.of(
            Kind.INLINE_POLICY_GRANTS_MORE, policy(allow("\"Action\":\"apigateway:*\"", ALL))),
        Arguments.of(Kind.INLINE_POLICY_GRANTS_MORE, policy(allow("\"Action\":\"*\"", ALL))),
        Arguments.of(
            Kind.INLINE_POLICY_NOT_UNDERSTOOD, policy(allow("\"NotAction\":\"iam:*\"", ALL))),
        Arguments.of(Kind.INLINE_POLICY_NOT_UNDERSTOOD, policy(allow("\"Action\":{\"a\":1}", ALL))),
        Arguments.of(Kind.INLINE_POLICY_NOT_UNDERSTOOD, "no JSON"));
  }

  @ParameterizedTest
  @MethodSource("inlinePolicies")
  void findsWhatAnInlinePolicyGrantsBeyondTheCall(Kind kind, String document) {
    account.inline.put("more", document);

    assertThat(drift().deviations()).containsExactly(new Deviation(kind, 1));
  }

  @Test
  void findsAllThatDeviatesAtOnce() {
    account.boundary = Optional.empty();
    account.inline.put("one", policy(allow("\"Action\":\"*\"", ALL)));
    account.inline.put("two", policy(allow("\"Action\":\"*\"", ALL)));

    assertThat(drift().deviations())
        .containsExactly(
            new Deviation(Kind.INLINE_POLICY_GRANTS_MORE, 2),
            new Deviation(Kind.BOUNDARY_MISSING, 1));
  }

  @Test
  void keepsNothingOfDocumentsAndNames() {
    account.inline.put("Secret-Name", policy(allow("\"Action\":\"secret:Action\"", ALL)));
    account.trust =
        policy(
            allow(
                principal("\"arn:aws:iam::999999999999:role/secret\""),
                ASSUME,
                condition("\"StringEquals\":{\"sts:ExternalId\":\"secret-id\"}")));

    assertThat(Json.write(drift())).doesNotContainIgnoringCase("secret-", "999999999999", "arn:");
  }

  @Test
  void readsOfTheRoleAllThatItIsHeldAgainst() {
    account.boundary = Optional.empty();
    account.attached =
        List.of("arn:aws:iam::444455556666:policy/one", "arn:aws:iam::aws:policy/two");
    account.inline.put("more", policy(allow("\"Action\":\"*\"", ALL)));
    account.trust = policy(allow(OURS, ASSUME));

    assertThat(kinds()).hasSize(6);
    assertThat(read()).isEqualTo(drift());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GetRole", "ListAttachedRolePolicies", "ListRolePolicies", "GetRolePolicy"})
  void doesNotTakeARefusalOrAnAnswerOfNothingForARoleAsItWasLaunched(String operation) {
    account.refusals.put(operation, Answer.queryError(403, "AccessDenied", "not authorized"));
    assertThatThrownBy(this::read).isInstanceOf(AwsServiceException.class);

    account.refusals.put(operation, Answer.ok("<%sResponse/>".formatted(operation)));
    assertThatThrownBy(this::read).hasRootCauseInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void readsADocumentOfTheLargestSizeAndRefusesOneBeyond() {
    account.inline.put(
        "long",
        policy(
            allow("\"Action\":\"apigateway:GET\"", "\"Resource\":\"" + "é".repeat(5000) + "\"")));
    assertThat(read().deviations()).isEmpty();

    account.inline.put("longer", policy() + " ".repeat(XmlReader.MOST_DOCUMENT));
    assertThatThrownBy(this::read).hasRootCauseInstanceOf(UnreadableResponseException.class);
  }

  private List<Kind> kinds() {
    return drift().deviations().stream().map(Deviation::kind).toList();
  }

  private PermissionDrift drift() {
    return new RoleRules(ASKED)
        .drift(
            new RoleFacts(
                account.trust,
                account.boundary,
                account.attached,
                List.copyOf(account.inline.values())));
  }

  /** As IAM answers. */
  private PermissionDrift read() {
    try (CannedAws aws = new CannedAws(account::answer);
        AwsClient iam = Sessions.client(Iam.SERVICE, aws)) {
      return Iam.drift(iam, ASKED);
    }
  }
}
