package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DisconnectRouteTest extends ConnectStage {
  @Test
  void deletesTheRoleReferenceAtOnce() {
    String id = activate().at("/id");
    assertThat(tables.rawConnections(tenant).toString()).contains("sealed-");

    Answer disconnected = api.delete("/connections/" + id);

    assertThat(disconnected.status()).isEqualTo(200);
    assertThat(disconnected.at("/receipt/kind")).isEqualTo("disconnect");
    assertThat(disconnected.at("/receipt/tenant")).isEqualTo(tenant);
    assertThat(disconnected.at("/receipt/connection")).isEqualTo(id);
    assertThat(disconnected.at("/receipt/account")).isEqualTo("444455556666");
    assertThat(disconnected.at("/receipt/at")).isEqualTo("2076-11-22T12:00:00Z");
    assertThat(deleted(disconnected))
        .isEqualTo(Map.of("role_references", 1, "schedules", 0, "account_claims", 1));
    List<Map<String, AttributeValue>> raw = tables.rawConnections(tenant);
    assertThat(raw).as("the claim on the account is gone too").hasSize(1);
    assertThat(raw.toString()).doesNotContain("sealed-");
  }

  @Test
  void signsExactlyTheReceiptThatItShows() {
    String id = activate().at("/id");

    for (Answer answer :
        List.of(
            api.delete("/connections/" + id),
            api.delete("/connections/" + id + "/data"),
            api.delete("/tenant"))) {
      assertThat(answer.at("/signature")).isEqualTo("signed: " + answer.body().get("receipt"));
    }
  }

  @Test
  void disconnectsEvenIfNothingCanBeSignedAndSignsWhenAskedAgain() {
    String id = activate().at("/id");
    notary.away(true);

    Answer unsigned = api.delete("/connections/" + id);

    assertProblem(unsigned, 503, "receipt_not_signed");
    assertThat(unsigned.body().at("/retryable").asBoolean()).isTrue();
    assertThat(unsigned.has("/signature")).isFalse();
    assertThat(stored(id).reference()).isEmpty();

    notary.away(false);
    assertThat(api.delete("/connections/" + id).at("/receipt/kind")).isEqualTo("disconnect");
  }

  @Test
  void forgetsAPendingConnectionsSecretsEvenIfNothingCanBeSigned() {
    String id = create().at("/id");
    notary.away(true);

    assertProblem(api.delete("/connections/" + id), 503, "receipt_not_signed");
    assertThat(tables.rawConnections(tenant).toString()).doesNotContain("sealed-");

    notary.away(false);
    assertThat(deleted(api.delete("/connections/" + id))).containsEntry("connections", 1);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void purgesEvenIfNothingCanBeSignedAndSignsWhenAskedAgain() {
    String id = activate().at("/id");
    begin(id);
    api.delete("/connections/" + id);
    notary.away(true);

    Answer unsigned = api.delete("/connections/" + id + "/data");

    assertProblem(unsigned, 503, "receipt_not_signed");
    assertThat(unsigned.body().at("/deleted/1").toString())
        .isEqualTo("{\"what\":\"runs\",\"count\":1}");
    assertThat(tables.rawScans(tenant, id)).isEmpty();
    assertThat(tables.rawConnections(tenant)).isEmpty();

    notary.away(false);
    assertThat(deleted(api.delete("/connections/" + id + "/data")))
        .containsEntry("runs", 1)
        .containsEntry("connections", 1);
  }

  @Test
  void signsOnlyWhatIsDeletedAlready() {
    String id = activate().at("/id");
    begin(id);
    List<String> left = new ArrayList<>();
    notary.whileSigning(() -> {
      left.add(tables.rawConnections(tenant).toString());
      left.add(tables.rawScans(tenant, id).toString());
    });

    api.delete("/connections/" + id);
    assertThat(left.getFirst()).contains(id).doesNotContain("sealed-");

    left.clear();
    api.delete("/connections/" + id + "/data");
    assertThat(left.getLast()).isEqualTo("[]");
  }

  @Test
  void doesNothingMoreForADisconnectedConnection() {
    String id = activate().at("/id");
    api.delete("/connections/" + id);

    assertProblem(giveRole(id, ROLE), 409, "connection_disconnected");
    assertProblem(verify(id), 409, "connection_disconnected");
    assertProblem(setSchedule(id, "daily"), 409, "connection_disconnected");
  }

  @Test
  void freesTheAccountForAnotherConnection() {
    api.delete("/connections/" + activate().at("/id"));

    assertThat(activate().at("/status")).isEqualTo("active");
  }

  @Test
  void deletesAPendingConnectionWhole() {
    String id = create().at("/id");

    Answer disconnected = api.delete("/connections/" + id);

    assertThat(deleted(disconnected))
        .isEqualTo(
            Map.of("role_references", 1, "schedules", 0, "account_claims", 0, "connections", 1));
    assertThat(disconnected.has("/receipt/account")).isFalse();
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void deletesOneThatCannotBeReadWithItsResultsAndItsClaim() {
    String id = activate().at("/id");
    Run run = begin(id);
    runs.keepPlan(run, PLAN);
    tables.damageConnection(tenant, id);

    assertProblem(api.delete("/connections/" + id + "/data"), 409, "stored_unreadable");
    Answer deleted = api.delete("/connections/" + id);

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted(deleted))
        .containsEntry("runs", 1)
        .containsEntry("role_references", 1)
        .containsEntry("connections", 1);
    assertThat(deleted.has("/receipt/account")).isFalse();
    assertThat(tables.rawConnections(tenant)).isEmpty();
    assertThat(tables.rawScans(tenant, id)).isEmpty();
    assertThat(runs.keepPlan(run, PLAN)).isInstanceOf(Written.Refused.class);
  }

  /** A receipt of before is no reason to leave it. */
  @Test
  void deletesOneThatCannotBeReadThoughItWasDisconnectedBefore() {
    String id = activate().at("/id");
    api.delete("/connections/" + id);
    tables.damageConnection(tenant, id);

    assertThat(deleted(api.delete("/connections/" + id)))
        .containsEntry("role_references", 0)
        .containsEntry("connections", 1);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void purgesResultsAndGoesOnWithTheConnection() {
    String id = activate().at("/id");
    begin(id);

    Answer purged = api.delete("/connections/" + id + "/data");

    assertThat(purged.status()).isEqualTo(200);
    assertThat(purged.at("/receipt/kind")).isEqualTo("purge");
    assertThat(deleted(purged))
        .isEqualTo(
            Map.of("snapshots", 0, "runs", 1, "ledgers", 0, "inventories", 0, "catalogs", 0));
    assertThat(verify(id).at("/status")).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data", ""})
  void letsAScanInFlightWriteNothingMore(String purgeOrDisconnect) {
    String id = activate().at("/id");
    Run run = begin(id);

    api.delete("/connections/" + id + purgeOrDisconnect);

    assertThat(runs.keepPlan(run, PLAN)).isInstanceOf(Written.Refused.class);
    assertThat(stored(id).generation()).isEqualTo(run.generation() + 1);
  }

  @Test
  void stopsTheScanOfAConnectionThatIsDisconnected() {
    String id = activate().at("/id");
    Run run = begin(id);
    runs.keepPlan(run, PLAN);

    api.delete("/connections/" + id);

    assertThat(runs.run(run.key()).flatMap(Run::failure).orElseThrow().code())
        .isEqualTo("not_active");
    assertThat(runs.progress(run.key())).isEmpty();
  }

  @Test
  void leavesNothingOfADisconnectedConnectionThatIsPurged() {
    String id = activate().at("/id");
    begin(id);
    api.delete("/connections/" + id);

    Answer purged = api.delete("/connections/" + id + "/data");

    assertThat(deleted(purged)).containsEntry("connections", 1).containsEntry("runs", 1);
    assertThat(tables.rawConnections(tenant)).isEmpty();
    assertThat(tables.rawScans(tenant, id)).isEmpty();
  }
}
