package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Receipts of lives that nobody plans, read as a lawyer reads: each sentence must be true. */
class OddLivesTest extends ConnectStage {
  @Test
  void countsNoScheduleThatNeverWas() {
    assertThat(deleted(disconnect(activate().at("/id")))).containsEntry("schedules", 0);
  }

  @Test
  void countsNoScheduleThatWasSwitchedOff() {
    String id = activate().at("/id");
    setSchedule(id, "daily");
    setSchedule(id, "off");

    assertThat(deleted(disconnect(id))).containsEntry("schedules", 0);
  }

  @Test
  void countsAScheduleThatRestsWhileTheRoleIsRevoked() {
    String id = activate().at("/id");
    setSchedule(id, "weekly");
    change(id, active -> active.revoked(time.instant()));

    Answer disconnected = disconnect(id);

    assertThat(deleted(disconnected))
        .isEqualTo(Map.of("role_references", 1, "schedules", 1, "account_claims", 1));
    assertThat(disconnected.at("/receipt/account")).isEqualTo("444455556666");
  }

  @Test
  void countsNoClaimThatWasNotItsOwn() {
    String id = activate().at("/id");
    tables.giveClaimTo(tenant, "444455556666", STRANGER);

    assertThat(deleted(disconnect(id))).containsEntry("account_claims", 0);
    assertThat(tables.rawConnections(tenant).toString()).contains(STRANGER);
  }

  @Test
  void answersASecondDisconnectToTheLetterAsTheFirst() {
    String id = activate().at("/id");
    Answer first = disconnect(id);
    time.sleep(Duration.ofDays(400));

    Answer second = disconnect(id);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(notary.signed()).hasSize(1);
  }

  @Test
  void givesOneReceiptToAllWhoDisconnectAtOnce() throws Exception {
    String id = activate().at("/id");

    Set<String> answers;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          callers
              .invokeAll(Collections.nCopies(6, (Callable<String>) () -> disconnect(id).text()))
              .stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
    }

    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next()).contains("{\"what\":\"role_references\",\"count\":1}");
  }

  /** Release 3f8b6a7 kept no deletions: it has given its own receipt, and this is another. */
  @Test
  void countsNothingOfADisconnectOfAnEarlierRelease() {
    String id = activate().at("/id");
    Instant then = time.instant();
    change(id, active -> active.disconnected(then));
    time.sleep(Duration.ofDays(3));

    Answer again = disconnect(id);

    assertThat(deleted(again).values()).hasSize(3).containsOnly(0);
    assertThat(again.at("/receipt/at")).isEqualTo("2076-11-25T12:00:00Z");
    assertThat(disconnect(id).text()).isEqualTo(again.text());
  }

  @Test
  void knowsNothingOfAConnectionADayAfterItWasPurged() {
    String id = activate().at("/id");
    Answer disconnected = disconnect(id);
    Answer purged = purge(id);
    time.sleep(Deletion.KEPT_FOR.minusSeconds(1));
    assertThat(disconnect(id).text()).isEqualTo(disconnected.text());
    assertThat(purge(id).text()).isEqualTo(purged.text());

    time.sleep(Duration.ofSeconds(1));

    assertProblem(disconnect(id), 404, "not_found");
    assertProblem(purge(id), 404, "not_found");
    assertThat(tables.rawDeletions(tenant)).allMatch(item -> item.containsKey("ttl"));
  }

  @Test
  void keepsTheReceiptOfADisconnectForAsLongAsThereIsTheConnection() {
    String id = activate().at("/id");
    disconnect(id);

    assertThat(tables.rawDeletions(tenant)).hasSize(1).noneMatch(item -> item.containsKey("ttl"));
  }

  @Test
  void isPurgedWhilePendingAndGoesOn() {
    Answer created = create();
    String id = created.at("/id");

    Answer purged = purge(id);

    assertThat(deleted(purged).values()).hasSize(5).containsOnly(0);
    assertThat(purged.has("/receipt/account")).isFalse();
    assertThat(how(purged, "the connection"))
        .startsWith("It stays pending, with its sealed External ID")
        .contains("or until 2076-11-23T12:00:00Z unless its role is proven");
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    assertThat(giveRole(id, ROLE).at("/status")).isEqualTo("active");
  }

  @Test
  void isPurgedWhileAScanRuns() {
    String id = activate().at("/id");
    begin(id);

    Answer purged = purge(id);

    assertThat(deleted(purged)).containsEntry("runs", 1);
    assertThat(how(purged, "the connection")).startsWith("It stays active, with its sealed role");
    assertThat(remains(purged)).doesNotContainKeys("the role", "results");
    assertThat(how(purged, "a session that was open")).contains("what a scan still finds is not");
  }

  @Test
  void isPurgedWhileItIsQuarantined() {
    String id = activate().at("/id");
    change(id, active -> active.quarantined(active.proof().orElseThrow()));

    assertThat(how(purge(id), "the connection"))
        .startsWith("It stays quarantined, ")
        .contains("or, unless its role is proven, until 2076-12-22T12:00:00Z");
  }

  /** Readers take it for disconnected; its reference is there until somebody writes that down. */
  @Test
  void countsTheReferenceThatLapsedIfNobodyHasDeletedItYet() {
    String id = activate().at("/id");
    change(id, active -> active.revoked(time.instant()));
    time.sleep(Connection.SUSPENDED_FOR.plusDays(1));

    Answer disconnected = disconnect(id);

    assertThat(deleted(disconnected)).containsEntry("role_references", 1);
    assertThat(disconnected.at("/receipt/at")).isEqualTo("2076-12-23T12:00:00Z");
    assertThat(tables.rawConnections(tenant).toString()).doesNotContain("sealed-");
  }

  @Test
  void isPurgedWithTheReferenceThatLapsed() {
    String id = activate().at("/id");
    change(id, active -> active.revoked(time.instant()));
    time.sleep(Connection.SUSPENDED_FOR);

    Answer purged = purge(id);

    assertThat(deleted(purged)).containsEntry("role_references", 1).containsEntry("connections", 1);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void countsNoReferenceThatWasDeletedWhenItLapsed() {
    String id = activate().at("/id");
    change(id, active -> active.revoked(time.instant()));
    time.sleep(Connection.SUSPENDED_FOR);
    change(id, revoked -> revoked.asOf(time.instant()));

    assertThat(deleted(disconnect(id))).containsEntry("role_references", 0);
  }

  @Test
  void isPurgedAgainOnlyWhereThereIsSomethingNew() {
    String id = activate().at("/id");
    begin(id);
    Answer first = purge(id);
    time.sleep(Duration.ofHours(1));
    assertThat(purge(id).text()).isEqualTo(first.text());

    begin(id);
    Answer second = purge(id);

    assertThat(second.at("/receipt/id")).isNotEqualTo(first.at("/receipt/id"));
    assertThat(deleted(second)).containsEntry("runs", 1);
    assertThat(second.at("/receipt/at")).isEqualTo("2076-11-22T13:00:00Z");
  }

  /** It is not the same any more: then the connection stayed, now it is to go. */
  @Test
  void isPurgedAnewOnceItIsDisconnected() {
    String id = activate().at("/id");
    Answer active = purge(id);
    disconnect(id);

    Answer gone = purge(id);

    assertThat(gone.text()).isNotEqualTo(active.text());
    assertThat(deleted(gone)).containsEntry("connections", 1);
    assertThat(remains(gone)).doesNotContainKeys("the connection", "results");
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void saysOfADisconnectedConnectionThatResultsAndRecordStay() {
    Answer disconnected = disconnect(activate().at("/id"));

    assertThat(remains(disconnected))
        .containsKeys("results", "the connection's record", "the role");
    assertThat(how(disconnected, "this receipt"))
        .contains("until 24 hours after the connection's record is deleted");
  }

  @Test
  void saysOfAConnectionThatWasNeverProvenThatNothingOfItStays() {
    Answer disconnected = disconnect(create().at("/id"));

    assertThat(remains(disconnected))
        .doesNotContainKeys("results", "the connection's record", "the connection");
    assertThat(how(disconnected, "this receipt")).contains("until 2076-11-23T12:00:00Z");
  }

  @Test
  void saysOfATenantWhoStillMayCallInItsName() {
    activate();

    Answer purged = api.delete("/tenant");

    assertThat(remains(purged)).containsKeys("the tenant's login", "the role");
    assertThat(remains(purged))
        .doesNotContainKeys("results", "the connection's record", "the connection");
  }

  /** A session of 15 minutes may be opened by a function of 255 seconds that had the reference. */
  @Test
  void saysOfEachRemainderWhereItIsAndOfMostUntilWhen() {
    Answer disconnected = disconnect(activate().at("/id"));

    assertThat(remains(disconnected).values())
        .allSatisfy(remainder -> {
          assertThat(remainder.path("where").asText()).isNotBlank();
          assertThat(remainder.path("how").asText()).isNotBlank();
        });
    assertThat(
            remains(disconnected).entrySet().stream()
                .filter(remainder -> remainder.getValue().has("until"))
                .map(each -> each.getKey() + " " + each.getValue().get("until").asText()))
        .containsExactly(
            "a session that was open 2076-11-22T12:19:15Z",
            "keys in the stream 2076-11-23T12:19:15Z",
            "logs of functions and of the state machine 2076-12-25T12:19:15Z",
            "access log of the API 2076-12-25T12:19:15Z",
            "traces 2076-12-22T12:19:15Z",
            "metrics 2078-02-20T12:19:15Z",
            "event history of the operator's account 2077-02-20T12:19:15Z");
  }

  @Test
  void fitsIntoAJwsThatIsVerified() {
    assertThat(disconnect(activate().at("/id")).body().get("receipt").toString().length())
        .isLessThan(8_000);
  }

  private Answer disconnect(String id) {
    return api.delete("/connections/" + id);
  }

  private Answer purge(String id) {
    return api.delete("/connections/" + id + "/data");
  }

  private static String how(Answer receipt, String what) {
    JsonNode remainder = remains(receipt).get(what);
    assertThat(remainder).as(what + " in " + receipt.text()).isNotNull();
    return remainder.get("how").asText();
  }

  private void change(String id, UnaryOperator<Connection> change) {
    Connection before =
        connections.stored(new TenantId(tenant), new ConnectionId(id)).orElseThrow();
    assertThat(connections.save(before, change.apply(before))).isEqualTo(Saved.SAVED);
  }
}
