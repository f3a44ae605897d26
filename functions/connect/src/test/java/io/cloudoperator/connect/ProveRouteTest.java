package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProveRouteTest extends ConnectStage {
  @Test
  void activatesAConnectionWhoseRoleOnlyWeCanAssume() {
    Answer created = create();
    roles.roleThatTrusts(ROLE, created.at("/externalId"));

    Answer active = giveRole(created.at("/id"), ROLE);

    assertThat(active.status()).isEqualTo(200);
    assertThat(active.at("/status")).isEqualTo("active");
    assertThat(active.at("/account")).isEqualTo("444455556666");
    assertThat(active.has("/expiresAt")).isFalse();
    assertThat(active.at("/proof/verdict")).isEqualTo("proven");
    assertThat(active.at("/proof/at")).isEqualTo("2076-11-22T12:00:00Z");
    assertThat(active.body().at("/proof/probes").toString())
        .isEqualTo(
            """
            [{"attempt":"with_external_id","allowed":true,"errorCode":""},\
            {"attempt":"without_external_id","allowed":false,"errorCode":"AccessDenied"},\
            {"attempt":"with_another_external_id","allowed":false,"errorCode":"AccessDenied"}]\
            """);
  }

  @Test
  void probesWithoutAnExternalIdAndWithANewOneEachTime() {
    String id = activate().at("/id");
    api.post("/connections/" + id + "/verify");

    List<Optional<ExternalId>> tried = roles.tried();
    assertThat(tried).hasSize(6);
    assertThat(tried.get(0)).isPresent().isEqualTo(tried.get(3));
    assertThat(tried.get(1)).isEmpty();
    assertThat(List.of(tried.get(0), tried.get(2), tried.get(5))).doesNotHaveDuplicates();
  }

  @Test
  void refusesARoleThatAnyoneCanAssumeAndSaysHowToMendIt() {
    Answer created = create();
    roles.role(ROLE, _ -> true);

    Answer refused = giveRole(created.at("/id"), ROLE);

    assertProblem(refused, 422, "confused_deputy");
    assertThat(refused.body().at("/probes").findValues("allowed")).allMatch(JsonNode::asBoolean);
    assertThat(refused.at("/trustPolicy/Statement/0/Principal/AWS"))
        .isEqualTo("arn:aws:iam::111122223333:root");
    assertThat(refused.text()).doesNotContain(created.at("/externalId"));
    assertThat(stored(created.at("/id")).account()).isEmpty();
  }

  @Test
  void refusesARoleThatTakesAnyExternalId() {
    Answer created = create();
    roles.role(ROLE, Optional::isPresent);

    assertProblem(giveRole(created.at("/id"), ROLE), 422, "confused_deputy");
  }

  @Test
  void recordsWhatItFoundWhereTheOperatorAsksForNoMore() {
    Api recording = new Api(handler(Map.of("PROOF_POLICY", "record")), tenant);
    Answer created = create();
    roles.role(ROLE, _ -> true);

    Answer active =
        recording.put(
            "/connections/" + created.at("/id") + "/role",
            "{\"roleArn\":\"" + ROLE.value() + "\"}");

    assertThat(active.at("/status")).isEqualTo("active");
    assertThat(active.at("/proof/verdict")).isEqualTo("confused_deputy");
    assertThat(active.at("/proof/policy")).isEqualTo("record");
  }

  @Test
  void concludesNothingFromAProbeWithoutAnAnswer() {
    Answer created = create();
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    roles.unreachableFor(Optional::isEmpty);

    Answer refused = giveRole(created.at("/id"), ROLE);

    assertProblem(refused, 503, "proof_inconclusive");
    assertThat(refused.body().at("/retryable").asBoolean()).isTrue();
    assertThat(stored(created.at("/id")).account()).isEmpty();
  }

  @Test
  void refusesARoleThatTurnsOutToBeOfAnotherAccount() {
    Answer created = create();
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    roles.identity(ROLE, new Reading.Complete<>(new AccountId("999999999999")));

    assertProblem(giveRole(created.at("/id"), ROLE), 422, "account_mismatch");
  }

  @Test
  void waitsForASessionThatIsNotKnownEverywhereYet() {
    Answer created = create();
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    roles.identity(
        ROLE, new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "InvalidClientTokenId"));
    time.onSleep(_ -> roles.identity(ROLE, new Reading.Complete<>(ROLE.account())));

    assertThat(giveRole(created.at("/id"), ROLE).at("/status")).isEqualTo("active");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''|It is empty
          CloudOperatorReadOnly|A role ARN reads
          ' arn:aws:iam::444455556666:role/canary'|There is a blank before the ARN
          'arn:aws:iam::444455556666:role/canary '|There is a blank after the ARN
          arn:aws:iam::444455556666:role//canary|two slashes in a row
          arn:aws:iam::4444:role/CloudOperatorReadOnly|twelve digits
          arn:aws:iam::444455556666:user/canary|IAM user, not of a role
          arn:aws:sts::444455556666:assumed-role/canary/session|a session (assumed-role)
          arn:aws-cn:iam::444455556666:role/CloudOperatorReadOnly|ours is aws.
          """)
  void refusesAnArnThatNamesNoRoleWithinReachWithTheReasonAndAsksAwsNothing(
      String arn, String why) {
    String id = create().at("/id");

    Answer refused = api.put("/connections/" + id + "/role", "{\"roleArn\":\"" + arn + "\"}");

    assertProblem(refused, 400, "invalid_request");
    assertThat(refused.at("/field")).isEqualTo("roleArn");
    assertThat(refused.at("/detail")).contains(why);
    assertThat(refused.text()).doesNotContain("canary");
    assertThat(roles.tried()).isEmpty();
    assertProblem(verify(id), 409, "role_missing");
  }

  @Test
  void holdsAnAccountInOneConnectionOfATenant() {
    Answer first = activate();
    Answer second = create();
    roles.roleThatTrusts(OTHER_ROLE, second.at("/externalId"));

    Answer refused = giveRole(second.at("/id"), OTHER_ROLE);

    assertProblem(refused, 409, "account_already_connected");
    assertThat(refused.at("/connection")).isEqualTo(first.at("/id"));
  }

  @Test
  void letsAnotherTenantConnectTheSameAccountAndTellsItNothingOfTheFirst() {
    activate();
    Api other = api.as("tenant-" + UUID.randomUUID());
    Answer created = other.post("/connections", "{\"name\":\"theirs\"}");
    roles.roleThatTrusts(OTHER_ROLE, created.at("/externalId"));

    Answer active =
        other.put(
            "/connections/" + created.at("/id") + "/role",
            "{\"roleArn\":\"" + OTHER_ROLE.value() + "\"}");

    assertThat(active.at("/status")).isEqualTo("active");
  }

  @Test
  void takesAnotherRoleOfTheSameAccountOnceItIsProven() {
    Answer created = create();
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    giveRole(created.at("/id"), ROLE);

    assertProblem(giveRole(created.at("/id"), OTHER_ROLE), 422, "role_not_assumable");
    assertThat(verify(created.at("/id")).status()).as("the old role still holds").isEqualTo(200);

    roles.roleThatTrusts(OTHER_ROLE, created.at("/externalId"));
    assertThat(giveRole(created.at("/id"), OTHER_ROLE).status()).isEqualTo(200);
    roles.delete(ROLE);
    assertThat(verify(created.at("/id")).status()).as("the new role holds now").isEqualTo(200);
  }

  @Test
  void staysWithItsAccount() {
    String id = activate().at("/id");

    assertProblem(
        giveRole(id, new RoleArn("arn:aws:iam::999999999999:role/CloudOperatorReadOnly")),
        409,
        "another_account");
  }

  @Test
  void leavesAnActiveConnectionActiveWhenItsRoleIsGone() {
    String id = activate().at("/id");
    roles.delete(ROLE);

    assertProblem(verify(id), 422, "role_not_assumable");
    assertThat(stored(id).account()).isPresent();
  }

  @Test
  void doesNotBringBackAConnectionThatWasDisconnectedDuringItsProof() {
    String id = activate().at("/id");
    roles.whileAssuming(() -> {
      roles.whileAssuming(() -> {});
      api.delete("/connections/" + id);
    });

    assertProblem(verify(id), 409, "connection_disconnected");
    assertThat(stored(id).reference()).isEmpty();
  }

  @Test
  void keepsAScheduleThatWasSetDuringAProof() {
    String id = activate().at("/id");
    roles.whileAssuming(() -> {
      roles.whileAssuming(() -> {});
      setSchedule(id, "daily");
    });

    Answer proven = verify(id);

    assertThat(proven.status()).isEqualTo(200);
    assertThat(proven.at("/schedule")).isEqualTo("daily");
  }
}
