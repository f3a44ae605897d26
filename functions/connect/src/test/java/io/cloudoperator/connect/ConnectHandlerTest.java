package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.platform.lambda.InvocationContext;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoScanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ConnectHandlerTest {
  private static final RoleArn ROLE =
      new RoleArn("arn:aws:iam::444455556666:role/CloudOperatorReadOnly");
  private static final RoleArn OTHER_ROLE =
      new RoleArn("arn:aws:iam::444455556666:role/CloudOperatorNext");
  private static final String STRANGER = "con-ffffffffffffffffffffffffffffffff";

  private static final Plan PLAN =
      new Plan(
          ROLE.account(),
          List.of(new Shard(0, List.of(new RegionName("us-east-1")), true)),
          List.of(),
          List.of());

  @SuppressWarnings("NullAway.Init")
  private static DeployedTables tables;

  private final String tenant = "tenant-" + UUID.randomUUID();
  private final Time time = new Time();
  private final BoundVault vault = new BoundVault();
  private final RolesOfCustomers roles = new RolesOfCustomers();
  private final Notary notary = new Notary();
  private final ConnectionStore connections =
      new DynamoConnectionStore(tables.client(), tables.connections());
  private final ScanStore scans =
      new DynamoScanStore(tables.client(), tables.scans(), tables.connections(), time);
  private final Api api = new Api(handler(Map.of()), tenant);

  @BeforeAll
  static void startTheTables() throws IOException {
    tables = new DeployedTables();
  }

  @AfterAll
  static void stopTheTables() {
    tables.close();
  }

  // ---------------------------------------------------------------- create

  @Test
  void createsAPendingConnectionThatExpiresInADay() {
    Answer created = api.post("/connections", "{\"name\":\" Production \"}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.headers()).containsEntry("location", "/connections/" + created.at("/id"));
    assertThat(created.at("/name")).isEqualTo("Production");
    assertThat(created.at("/tier")).isEqualTo("minimal");
    assertThat(created.at("/status")).isEqualTo("pending");
    assertThat(created.at("/expiresAt")).isEqualTo("2026-11-23T12:00:00Z");
  }

  @Test
  void issuesEachConnectionItsOwnExternalId() {
    String one = create().at("/externalId");
    String other = create().at("/externalId");

    assertThat(one).matches("cloudoperator-[\\w-]{43}").isNotEqualTo(other);
  }

  @Test
  void trustsOnlyOurBrokerRolesWithThatExternalId() {
    Answer created = create();

    assertThat(created.body().at("/role/trustPolicy/Statement").toString())
        .isEqualTo(
            """
            [{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
            "Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"%s"},\
            "StringLike":{"aws:PrincipalArn":\
            "arn:aws:iam::111122223333:role/cloudoperator/broker/*"}}}]\
            """
                .formatted(created.at("/externalId")));
  }

  @Test
  void answersTheEventThatSamLocalInvokeSends() throws IOException {
    APIGatewayV2HTTPEvent event =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readValue(
                Files.readString(DeployedTables.REPOSITORY.resolve("events/connect.json")),
                APIGatewayV2HTTPEvent.class);

    Answer created =
        Api.answer(
            handler(Map.of())
                .handleRequest(event, InvocationContext.of("function", Duration.ofMinutes(3))));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/name")).isEqualTo("Production");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                    | malformed_body  | ``",
        "{\"name\":\"a\",\"externalId\":\"mine\"} | invalid_request | externalId",
        "{\"name\":1}                         | invalid_request | name",
        "{\"name\":\"  \"}                    | invalid_request | name",
        "{\"name\":\"a\\u0000b\"}             | invalid_request | name",
        "{\"name\":\"a\\ud800\"}              | invalid_request | name",
        "{\"name\":\"a\\nb\"}                 | invalid_request | name",
        "{\"name\":\"a\",\"tier\":\"full\"}   | invalid_request | tier",
        "{}                                   | invalid_request | name",
      })
  void refusesABadBodyAndCreatesNothing(String body, String code, String field) {
    Answer refused = api.post("/connections", body);

    assertProblem(refused, 400, code);
    assertThat(refused.at("/field")).isEqualTo(field);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void refusesANameThatIsTooLongAndABodyThatIsHuge() {
    assertProblem(create("n".repeat(65)), 400, "invalid_request");
    assertProblem(create("n".repeat(20_000)), 413, "body_too_large");
    assertThat(create("n".repeat(64)).status()).isEqualTo(201);
  }

  // ---------------------------------------------------------------- prove

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
    assertThat(active.at("/proof/at")).isEqualTo("2026-11-22T12:00:00Z");
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
  void waitsForARoleThatHasJustBeenMade() {
    Answer created = create();
    Instant ready = time.instant().plusSeconds(9);
    time.onSleep(now -> {
      if (!now.isBefore(ready)) {
        roles.roleThatTrusts(ROLE, created.at("/externalId"));
      }
    });

    assertThat(giveRole(created.at("/id"), ROLE).at("/status")).isEqualTo("active");
    assertThat(time.instant()).isBetween(ready, ready.plusSeconds(5));
  }

  @Test
  void givesUpAfterTwentySecondsAndKeepsTheRoleForTheNextTime() {
    Answer created = create();
    Instant begun = time.instant();

    Answer refused = giveRole(created.at("/id"), ROLE);

    assertProblem(refused, 422, "role_not_assumable");
    assertThat(refused.body().at("/retryable").asBoolean()).isTrue();
    assertThat(refused.at("/awsErrorCode")).isEqualTo("AccessDenied");
    assertThat(Duration.between(begun, time.instant())).isEqualTo(RoleTrial.PATIENCE);

    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    assertThat(verify(created.at("/id")).at("/status")).isEqualTo("active");
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
  @ValueSource(
      strings = {
        "",
        "CloudOperatorReadOnly",
        "arn:aws:iam::4444:role/CloudOperatorReadOnly",
        "arn:aws:iam::444455556666:user/canary",
        "arn:aws:sts::444455556666:assumed-role/canary/session",
        "arn:aws-cn:iam::444455556666:role/CloudOperatorReadOnly",
      })
  void refusesAnArnThatNamesNoRoleWithinReachAndAsksAwsNothing(String arn) {
    String id = create().at("/id");

    Answer refused = api.put("/connections/" + id + "/role", "{\"roleArn\":\"" + arn + "\"}");

    assertProblem(refused, 400, "invalid_request");
    assertThat(refused.at("/field")).isEqualTo("roleArn");
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

  // ---------------------------------------------------------------- schedule

  @ParameterizedTest
  @CsvSource({
    "hourly, 2026-11-22T13:00:00Z",
    "6-hourly, 2026-11-22T18:00:00Z",
    "daily, 2026-11-23T12:00:00Z",
    "weekly, 2026-11-29T12:00:00Z"
  })
  void schedulesAnActiveConnection(String schedule, String nextScanAt) {
    Answer scheduled = setSchedule(activate().at("/id"), schedule);

    assertThat(scheduled.status()).isEqualTo(200);
    assertThat(scheduled.at("/schedule")).isEqualTo(schedule);
    assertThat(scheduled.at("/nextScanAt")).isEqualTo(nextScanAt);
  }

  @Test
  void takesAConnectionOffItsSchedule() {
    String id = activate().at("/id");
    setSchedule(id, "daily");

    Answer off = setSchedule(id, "off");

    assertThat(off.at("/schedule")).isEqualTo("off");
    assertThat(off.has("/nextScanAt")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DAILY", "six_hourly", "often", ""})
  void listsTheSchedulesThereAre(String schedule) {
    Answer refused = setSchedule(activate().at("/id"), schedule);

    assertProblem(refused, 400, "invalid_request");
    assertThat(refused.at("/detail"))
        .isEqualTo("A schedule is one of off, hourly, 6-hourly, daily, weekly.");
  }

  @Test
  void schedulesNothingThatIsNotActive() {
    assertProblem(setSchedule(create().at("/id"), "daily"), 409, "connection_not_active");
  }

  // ---------------------------------------------------------------- disconnect and purge

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
    assertThat(disconnected.at("/receipt/at")).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(deleted(disconnected))
        .isEqualTo(Map.of("role_references", 1, "schedules", 1, "account_claims", 1));
    assertThat(disconnected.at("/receipt/remains/0/what")).isEqualTo("results");
    assertThat(disconnected.at("/receipt/remains/1/until")).isEqualTo("2026-11-22T12:15:00Z");
    List<Map<String, AttributeValue>> raw = tables.rawConnections(tenant);
    assertThat(raw).as("the claim on the account is gone too").hasSize(1);
    assertThat(raw.toString()).doesNotContain("sealed-");
  }

  @Test
  void answersARepeatedDisconnectTheSame() throws InterruptedException {
    String id = activate().at("/id");
    Answer first = api.delete("/connections/" + id);
    time.sleep(Duration.ofHours(1));

    Answer again = api.delete("/connections/" + id);

    assertThat(again.at("/receipt/id")).isNotEqualTo(first.at("/receipt/id"));
    assertThat(facts(again)).isEqualTo(facts(first));
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

  /** A session of 15 minutes may log until its end; then 30 days, and 72 hours of CloudWatch's. */
  @Test
  void saysUntilWhenLogsRemain() {
    String id = activate().at("/id");

    assertThat(api.delete("/connections/" + id).at("/receipt/remains/2/until"))
        .isEqualTo("2026-12-25T12:15:00Z");
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

    notary.away(false);
    assertThat(deleted(api.delete("/connections/" + id + "/data")))
        .isEqualTo(Map.of("snapshots", 0, "runs", 0, "ledgers", 0, "connections", 1));
    assertThat(tables.rawConnections(tenant)).isEmpty();
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
        .isEqualTo(Map.of("role_references", 1, "schedules", 1, "ledgers", 0, "connections", 1));
    assertThat(disconnected.has("/receipt/account")).isFalse();
    assertThat(tables.rawConnections(tenant)).isEmpty();
    assertProblem(api.delete("/connections/" + id), 404, "not_found");
  }

  @Test
  void purgesResultsAndGoesOnWithTheConnection() {
    String id = activate().at("/id");
    begin(id);

    Answer purged = api.delete("/connections/" + id + "/data");

    assertThat(purged.status()).isEqualTo(200);
    assertThat(purged.at("/receipt/kind")).isEqualTo("purge");
    assertThat(deleted(purged)).isEqualTo(Map.of("snapshots", 0, "runs", 1, "ledgers", 0));
    assertThat(purged.at("/receipt/remains/0/what")).isEqualTo("connection");
    assertThat(verify(id).at("/status")).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data", ""})
  void letsAScanInFlightWriteNothingMore(String purgeOrDisconnect) {
    String id = activate().at("/id");
    Run run = begin(id);

    api.delete("/connections/" + id + purgeOrDisconnect);

    assertThat(scans.planned(run, PLAN)).isFalse();
    assertThat(stored(id).generation()).isEqualTo(run.generation() + 1);
  }

  @Test
  void stopsTheScanOfAConnectionThatIsDisconnected() {
    String id = activate().at("/id");
    Run run = begin(id);
    scans.planned(run, PLAN);

    api.delete("/connections/" + id);

    assertThat(scans.run(run.key()).flatMap(Run::failure).orElseThrow().code())
        .isEqualTo("not_active");
    assertThat(scans.progress(run.key())).isEmpty();
  }

  @Test
  void leavesNothingOfADisconnectedConnectionThatIsPurged() {
    String id = activate().at("/id");
    begin(id);
    api.delete("/connections/" + id);

    Answer purged = api.delete("/connections/" + id + "/data");

    assertThat(deleted(purged)).containsEntry("connections", 1).containsEntry("runs", 1);
    assertThat(purged.body().at("/receipt/remains").findValuesAsText("what"))
        .doesNotContain("connection", "results");
    assertThat(tables.rawConnections(tenant)).isEmpty();
    assertProblem(api.delete("/connections/" + id + "/data"), 404, "not_found");
  }

  // ---------------------------------------------------------------- a whole tenant

  @Test
  void purgesEveryConnectionOfATenantWhateverBecameOfIt() throws InterruptedException {
    create();
    time.sleep(Connection.PENDING_FOR);
    String disconnected = activate().at("/id");
    begin(disconnected);
    api.delete("/connections/" + disconnected);
    String active = activate().at("/id");
    begin(active);
    setSchedule(active, "daily");
    create();

    Answer purged = api.delete("/tenant");

    assertThat(purged.status()).as(purged.text()).isEqualTo(200);
    assertThat(purged.at("/receipt/kind")).isEqualTo("tenant_purge");
    assertThat(purged.has("/receipt/connection")).isFalse();
    assertThat(deleted(purged))
        .isEqualTo(
            Map.of(
                "role_references", 3,
                "schedules", 3,
                "account_claims", 1,
                "snapshots", 0,
                "runs", 2,
                "ledgers", 0,
                "inventories", 0,
                "catalogs", 0,
                "connections", 4));
    assertThat(tables.rawConnections(tenant)).isEmpty();
    assertThat(tables.rawScans(tenant, active)).isEmpty();
    assertThat(tables.rawScans(tenant, disconnected)).isEmpty();
  }

  @Test
  void purgesMoreConnectionsThanAPageHolds() {
    IntStream.range(0, 120).forEach(_ -> create());

    assertThat(deleted(api.delete("/tenant"))).containsEntry("connections", 120);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void freesAClaimThatOutlivedItsConnection() {
    tables.loseConnection(tenant, activate().at("/id"));
    assertThat(tables.rawConnections(tenant)).as("the claim alone").hasSize(1);

    assertThat(deleted(api.delete("/tenant"))).containsEntry("account_claims", 1);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void findsNothingTheSecondTimeAndSaysSo() {
    activate();
    api.delete("/tenant");

    Answer again = api.delete("/tenant");

    assertThat(again.status()).isEqualTo(200);
    assertThat(deleted(again).values()).containsOnly(0);
  }

  @Test
  void leavesOtherTenantsAlone() {
    Api other = api.as("tenant-" + UUID.randomUUID());
    String theirs = other.post("/connections", "{\"name\":\"theirs\"}").at("/id");
    activate();

    api.delete("/tenant");

    assertThat(other.delete("/connections/" + theirs).status()).isEqualTo(200);
  }

  @Test
  void purgesConnectionsThatAreMadeMeanwhile() {
    create();
    AtomicInteger more = new AtomicInteger(3);
    Api purging =
        new Api(
            handler(
                Map.of(),
                Interrupted.beforePurge(
                    scans,
                    () -> {
                      if (more.getAndDecrement() > 0) {
                        create();
                      }
                    })),
            tenant);

    assertThat(deleted(purging.delete("/tenant"))).containsEntry("connections", 4);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void saysWhatIsLeftWhenItsTimeRunsOutAndGoesOnWhenAskedAgain() {
    create();
    Api slow =
        new Api(
            handler(
                Map.of(),
                Interrupted.beforePurge(
                    scans,
                    () -> {
                      create();
                      time.sleep(PurgeTenant.PATIENCE);
                    })),
            tenant);

    Answer incomplete = slow.delete("/tenant");

    assertProblem(incomplete, 503, "purge_incomplete");
    assertThat(incomplete.body().at("/retryable").asBoolean()).isTrue();
    assertThat(incomplete.at("/connectionsLeft")).isEqualTo("1");
    assertThat(incomplete.body().get("deleted").toString())
        .contains("{\"what\":\"connections\",\"count\":1}");
    assertThat(incomplete.has("/signature")).isFalse();

    assertThat(deleted(api.delete("/tenant"))).containsEntry("connections", 1);
  }

  @Test
  void purgesATenantEvenIfNothingCanBeSignedAndSignsWhenAskedAgain() {
    activate();
    notary.away(true);

    assertProblem(api.delete("/tenant"), 503, "receipt_not_signed");
    assertThat(tables.rawConnections(tenant)).isEmpty();

    notary.away(false);
    assertThat(api.delete("/tenant").at("/receipt/kind")).isEqualTo("tenant_purge");
  }

  // ---------------------------------------------------------------- all routes

  @ParameterizedTest
  @ValueSource(strings = {"foreign", "unknown", "malformed", "expired"})
  void hasNoConnectionThatIsNotTheTenants(String kind) throws InterruptedException {
    String id =
        switch (kind) {
          case "foreign" ->
              api.as("tenant-" + UUID.randomUUID())
                  .post("/connections", "{\"name\":\"theirs\"}")
                  .at("/id");
          case "unknown" -> STRANGER;
          case "malformed" -> "con-1";
          default -> create().at("/id");
        };
    if (kind.equals("expired")) {
      time.sleep(Connection.PENDING_FOR);
    }

    for (Answer answer :
        List.of(
            giveRole(id, ROLE),
            verify(id),
            setSchedule(id, "daily"),
            api.delete("/connections/" + id),
            api.delete("/connections/" + id + "/data"))) {
      assertProblem(answer, 404, "not_found");
    }
    assertThat(roles.tried()).isEmpty();
  }

  @Test
  void showsTheExternalIdOnceAndTheRoleNever() {
    Answer created = create();
    String id = created.at("/id");
    roles.roleThatTrusts(ROLE, created.at("/externalId"));

    for (Answer later :
        List.of(
            giveRole(id, ROLE),
            verify(id),
            setSchedule(id, "daily"),
            api.delete("/connections/" + id),
            api.delete("/connections/" + id + "/data"))) {
      assertThat(later.status()).isEqualTo(200);
      assertThat(later.text()).doesNotContain(created.at("/externalId"), ROLE.value());
    }
  }

  @Test
  void tellsNothingWhenAReferenceWasTamperedWith() {
    Answer created = create();
    Connection found = stored(created.at("/id"));
    connections.save(found, found.withReference(sealedForAnother(found)));

    Answer failed = giveRole(created.at("/id"), ROLE);

    assertProblem(failed, 409, "reference_tampered");
    assertThat(failed.text())
        .doesNotContain("canary", "Tampered", "Exception", "cloudoperator.vault");
  }

  private SealedReference sealedForAnother(Connection connection) {
    return vault.seal(
        connection.tenant(),
        new ConnectionId(STRANGER),
        RoleReference.issued(new ExternalId("canary")));
  }

  private Run begin(String id) {
    Connection connection = stored(id);
    ScanId scan = ScanId.at(time.instant(), new Random());
    Run run =
        Run.begin(
            new ScanKey(connection.tenant(), connection.id(), scan),
            connection.generation(),
            Run.Trigger.ON_DEMAND,
            time.instant());
    assertThat(scans.begin(connection, run, Optional.empty(), time.instant()))
        .isEqualTo(new ScanStore.Begun.Started(run));
    return run;
  }

  /** What a receipt counts. */
  private static Map<String, Integer> deleted(Answer answer) {
    Map<String, Integer> counts = new HashMap<>();
    answer
        .body()
        .at("/receipt/deleted")
        .forEach(each -> counts.put(each.get("what").asText(), each.get("count").asInt()));
    return counts;
  }

  /** A receipt without its id. */
  private static String facts(Answer answer) {
    return ((ObjectNode) answer.body().get("receipt")).without("id").toString();
  }

  private ConnectHandler handler(Map<String, String> more) {
    return handler(more, scans);
  }

  private ConnectHandler handler(Map<String, String> more, ScanStore scans) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AWS_REGION", "us-east-1",
                "BROKER_ACCOUNT", "111122223333",
                "BROKER_ROLE_PATTERN", "arn:aws:iam::111122223333:role/cloudoperator/broker/*",
                "PROOF_POLICY", "require",
                "LOG_RETENTION_DAYS", "30"));
    environment.putAll(more);
    return new ConnectHandler(
        Settings.of(environment),
        new ConnectHandler.Ports(
            connections, scans, tables.apis(time), vault, roles, notary, new Heard()),
        new ConnectHandler.Surroundings(
            time, time, SecureRandom::new, () -> ExternalId.random(new SecureRandom())),
        Telemetry.logsOnly());
  }

  private Answer create() {
    return create("Production");
  }

  private Answer create(String name) {
    return api.post("/connections", "{\"name\":\"" + name + "\"}");
  }

  private Answer activate() {
    Answer created = create();
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    return giveRole(created.at("/id"), ROLE);
  }

  private Answer giveRole(String id, RoleArn role) {
    return api.put("/connections/" + id + "/role", "{\"roleArn\":\"" + role.value() + "\"}");
  }

  private Answer verify(String id) {
    return api.post("/connections/" + id + "/verify");
  }

  private Answer setSchedule(String id, String schedule) {
    return api.put("/connections/" + id + "/schedule", "{\"schedule\":\"" + schedule + "\"}");
  }

  private Connection stored(String id) {
    return connections
        .find(new TenantId(tenant), new ConnectionId(id), time.instant())
        .orElseThrow();
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.at("/code")).isEqualTo(code);
    assertThat(answer.text()).doesNotContain("Exception", "java.", "io.cloudoperator");
  }
}
