package io.cloudoperator.sample.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PolicyTest {

  @Test
  void anExplicitDenyWins() {
    assertThat(
            decide(
                "{'Effect':'Allow','Action':'*','Resource':'*'},"
                    + "{'Effect':'Deny','Action':'ec2:Describe*','Resource':'*'}"))
        .isEqualTo(new Decision.ExplicitDeny(PolicyKind.IDENTITY));
  }

  @Test
  void whatNoStatementAllowsIsDenied() {
    assertThat(decide("{'Effect':'Allow','Action':'s3:*','Resource':'*'}"))
        .isEqualTo(new Decision.ImplicitDeny(PolicyKind.IDENTITY));
  }

  @Test
  void actionsAreComparedWithoutRegardToCase() {
    assertThat(decide("{'Effect':'Allow','Action':'EC2:describeINSTANCES','Resource':'*'}"))
        .isEqualTo(new Decision.Allow());
  }

  @Test
  void notActionNamesWhatIsLeftOut() {
    assertThat(decide("{'Effect':'Allow','NotAction':'ec2:Describe*','Resource':'*'}").allowed())
        .isFalse();
    assertThat(decide("{'Effect':'Allow','NotAction':'s3:*','Resource':'*'}").allowed()).isTrue();
  }

  @Test
  void conditionsAllHaveToHold() {
    String statement =
        "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{"
            + "'StringEquals':{'aws:RequestedRegion':['eu-west-1','%s']},"
            + "'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:role/path/*'}}}";
    assertThat(decide(statement.formatted("us-east-1")).allowed()).isTrue();
    assertThat(decide(statement.formatted("us-east-2")).allowed()).isFalse();
  }

  @Test
  void anAbsentKeyMatchesOnlyWhatIsNegatedOrOptional() {
    String statement =
        "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'%s':{'sts:ExternalId':'x'}}}";
    assertThat(decide(statement.formatted("StringEquals")).allowed()).isFalse();
    assertThat(decide(statement.formatted("StringNotEquals")).allowed()).isTrue();
    assertThat(decide(statement.formatted("StringEqualsIfExists")).allowed()).isTrue();
  }

  @Test
  void nothingThatIsNotUnderstoodIsAccepted() {
    for (String statement :
        List.of(
            "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'IpAddress':{'aws:SourceIp':'::1'}}}",
            "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'StringEquals':{'aws:PrincipalOrgID':'o'}}}",
            "{'Effect':'Allow','Action':'*','Resource':'*','Surprise':1}",
            "{'Effect':'Maybe','Action':'*','Resource':'*'}",
            "{'Effect':'Allow','Action':'DescribeInstances','Resource':'*'}",
            "{'Effect':'Allow','Action':'*','Resource':'${aws:username}'}",
            "{'Effect':'Allow','Action':'*'}",
            "{'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'}")) {
      assertThatThrownBy(() -> decide(statement)).isInstanceOf(PolicyException.class);
    }
  }

  @Test
  void aPatternMatchesRunsAndSingleCharacters() {
    assertThat(Wildcard.matches("a*c?e", "abbbcde")).isTrue();
    assertThat(Wildcard.matches("a*c?e", "abbbce")).isFalse();
    assertThat(Wildcard.matches("*", "")).isTrue();
    assertThat(Wildcard.matchesArn("arn:aws:iam::*:role/x", "arn:aws:iam::1:role/x:y")).isFalse();
  }

  private static Decision decide(String statements) {
    Policy policy =
        Policy.parse(
            ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"'),
            PolicyKind.IDENTITY);
    Policy everything =
        Policy.parse(
            """
            {"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}\
            """,
            PolicyKind.SERVICE_CONTROL);
    Caller caller =
        new Caller(
            "111122223333",
            "arn:aws:sts::111122223333:assumed-role/Name/session",
            "arn:aws:iam::111122223333:role/path/Name",
            "AROA:session",
            List.of(everything),
            List.of(policy),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty());
    return Evaluation.ofIdentity(
        caller, AccessRequest.of(caller, "ec2:DescribeInstances", "*", "us-east-1"));
  }
}
