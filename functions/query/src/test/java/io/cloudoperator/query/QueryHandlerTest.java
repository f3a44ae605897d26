package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.html.HtmlPage;
import io.cloudoperator.query.report.ReportFormat;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Deployment.Extension.class)
class QueryHandlerTest {
  private static final String LIST = "GET /connections";
  private static final String CONNECTION = "GET /connections/{connectionId}";
  private static final String SCAN = "GET /connections/{connectionId}/scans/{scanId}";
  private static final String REPORT = "GET /connections/{connectionId}/scans/{scanId}/report";
  private static final String HISTORY = "GET /connections/{connectionId}/history";

  private final Deployment deployment;
  private final Contract contract;
  private final TenantId acme;

  QueryHandlerTest(Deployment deployment) {
    this.deployment = deployment;
    this.contract = deployment.contract();
    this.acme = deployment.tenant();
  }

  @Test
  void answersTheEventThatSamInvokesItWith() throws Exception {
    deployment.active(
        new TenantId("acme"), new ConnectionId("con-0123456789abcdef0123456789abcdef"));

    APIGatewayV2HTTPResponse answer = deployment.handle(Deployment.event("query.json"));

    assertThat(answer.getStatusCode()).isEqualTo(200);
    contract.assertAllows(CONNECTION, answer);
    assertThat(body(answer).at("/id").asText()).isEqualTo("con-0123456789abcdef0123456789abcdef");
  }

  @Test
  void listsATenantsConnectionsPageByPage() throws Exception {
    List<String> made =
        List.of(
            deployment.active(acme).id().value(),
            deployment.pending(acme).id().value(),
            deployment.pending(acme).id().value());
    deployment.active(deployment.tenant());

    List<String> seen = new ArrayList<>();
    Map<String, String> query = new HashMap<>(Map.of("limit", "2"));
    JsonNode page;
    do {
      page = body(get(LIST, Map.of(), query));
      assertThat(page.get("connections")).isNotEmpty();
      page.get("connections").forEach(connection -> seen.add(connection.get("id").asText()));
      assertThat(seen).as("pages go on").doesNotHaveDuplicates();
      query.put("after", page.path("next").asText());
    } while (page.has("next"));

    assertThat(seen).containsExactlyElementsOf(made.stream().sorted().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 101",
    "limit, -1",
    "limit, ten",
    "limit, 1.0",
    "limit, ''",
    "after, x",
    "after, con-0123456789abcdef0123456789abcdef",
    "page, 2"
  })
  void namesTheParameterOfAListThatIsWrong(String name, String value) throws Exception {
    assertProblem(get(LIST, Map.of(), Map.of(name, value)), 400, "invalid_request", name);
  }

  @Test
  void showsAConnectionWithItsProofItsLatestResultAndItsRunningScan() throws Exception {
    Connection connection = deployment.active(acme);
    Run concluded = deployment.concluded(connection);
    Run running = deployment.begin(connection);

    JsonNode shown = body(get(CONNECTION, connection));

    assertThat(shown.at("/status").asText()).isEqualTo("active");
    assertThat(shown.at("/proof/verdict").asText()).isEqualTo("proven");
    assertThat(shown.has("proofHoldsUntil")).isTrue();
    assertThat(shown.at("/runningScan").asText()).isEqualTo(running.key().scan().value());
    assertThat(shown.at("/latest/scanId").asText()).isEqualTo(concluded.key().scan().value());
    assertThat(shown.at("/latest/instances").asInt()).isEqualTo(12);
    assertThat(shown.at("/latest/running").asInt()).isEqualTo(10);
    assertThat(shown.at("/latest/regionsCounted").asInt()).isEqualTo(2);
    assertThat(shown.at("/latest/regionsEnabled").asInt()).isEqualTo(3);
    assertThat(shown.at("/latest/whole").asBoolean()).isFalse();
  }

  @Test
  void tellsARegionThatWasNotChosenFromOneThatCouldNotBeRead() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concludedWithout(new RegionName("sa-east-1"), connection);

    JsonNode coverage = body(get(SCAN, run)).at("/snapshot/coverage");
    assertThat(coverage.at("/enabled").asInt()).isEqualTo(4);
    assertThat(coverage.get("notChosen")).hasSize(1);
    assertThat(coverage.get("unread")).hasSize(1);
    JsonNode latest = body(get(CONNECTION, connection)).get("latest");
    assertThat(latest.get("regionsEnabled").asInt()).isEqualTo(4);
    assertThat(latest.get("regionsNotChosen").asInt()).isEqualTo(1);

    Run all = deployment.concluded(connection);
    assertThat(body(get(SCAN, all)).at("/snapshot/coverage").has("notChosen")).isFalse();
    assertThat(body(get(CONNECTION, connection)).get("latest").has("regionsNotChosen")).isFalse();
  }

  @Test
  void showsWhatWasFoundOfTheAccountAndWhatCouldNotBeChecked() throws Exception {
    Run run =
        deployment.audited(
            deployment.active(acme),
            new AccountChecks(
                new Reading.Unread<>(Reading.Reason.DENIED_BY_IAM, "AccessDeniedException"),
                new Reading.Complete<>(
                    new PermissionDrift(
                        List.of(
                            new PermissionDrift.Deviation(
                                PermissionDrift.Kind.OTHER_POLICY_ATTACHED, 2))))));

    JsonNode snapshot = body(get(SCAN, run)).get("snapshot");

    JsonNode checks = snapshot.get("accountChecks");
    assertThat(checks.at("/trail/status").asText()).isEqualTo("denied_by_iam");
    assertThat(checks.at("/trail/code").asText()).isEqualTo("AccessDeniedException");
    assertThat(checks.get("trail").has("found")).isFalse();
    assertThat(checks.at("/role/found/deviations/0/kind").asText())
        .isEqualTo("other_policy_attached");
    assertThat(snapshot.get("flags").findValuesAsText("kind")).contains("permission_drift");
  }

  @Test
  void showsNoChecksOfAnAccountBelowTheAuditTier() throws Exception {
    Run run = deployment.concluded(deployment.active(acme));

    assertThat(body(get(SCAN, run)).get("snapshot").has("accountChecks")).isFalse();
  }

  @Test
  void showsOfTheRoleWhatWasTriedAndWhatTheMinimalTierCannotCheck() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concluded(connection);

    JsonNode checks = body(get(SCAN, run)).get("snapshot").get("roleChecks");

    assertThat(checks.findValuesAsText("point"))
        .containsExactly(
            "asks_for_external_id",
            "trusts_us_alone",
            "grants_no_more",
            "grants_no_less",
            "session_duration");
    assertThat(checks.at("/0/result").asText()).isEqualTo("holds");
    assertThat(checks.at("/0/at").asText())
        .isEqualTo(connection.proof().orElseThrow().at().toString());
    assertThat(checks.at("/1/result").asText()).isEqualTo("unchecked");
    assertThat(checks.get(1).has("at")).isFalse();
    assertThat(checks.at("/1/how").asText()).contains("iam:GetRole");
  }

  @Test
  void neverShowsASealedReference() throws Exception {
    Connection connection = deployment.active(acme);

    assertThat(get(CONNECTION, connection).getBody())
        .doesNotContain("Y2lwaGVy", "a2V5", "reference", "generation");
  }

  @Test
  void forgetsAConnectionThatWasPendingForTooLong() throws Exception {
    Connection connection = deployment.pending(acme);
    assertThat(get(CONNECTION, connection).getStatusCode()).isEqualTo(200);

    deployment.pass(Connection.PENDING_FOR);

    assertProblem(get(CONNECTION, connection), 404, "not_found");
  }

  @Test
  void saysThatAScanRunsBeforeItIsPlanned() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.begin(connection);

    JsonNode scan = body(get(SCAN, run));

    assertThat(scan.at("/status").asText()).isEqualTo("running");
    assertThat(scan.at("/deadline").asText()).isEqualTo(run.deadline().toString());
    assertThat(scan.has("progress")).isFalse();
  }

  @Test
  void showsHowFarARunningScanHasCome() throws Exception {
    Run run = deployment.scan(deployment.active(acme), Example.frankfurt(), Example.tokyo());

    assertThat(body(get(SCAN, run)).get("progress"))
        .isEqualTo(
            Json.STRICT.readTree(
                """
                {"regionsDone":2,"regionsTotal":3,"instancesSoFar":3,"regionsCounted":1,"calls":3,\
                "regions":[{"region":"ap-northeast-1","status":"denied_by_scp"},\
                {"region":"eu-central-1","status":"complete","instances":3},\
                {"region":"us-east-2"}]}\
                """));
  }

  @Test
  void showsTheWholeSnapshotOnceTheScanHasConcluded() throws Exception {
    Run run = deployment.concluded(deployment.active(acme));

    JsonNode scan = body(get(SCAN, run));

    assertThat(scan.at("/status").asText()).isEqualTo("concluded");
    assertThat(scan.at("/snapshot/totals/instances/total").asInt()).isEqualTo(12);
    assertThat(scan.at("/snapshot/coverage/whole").asBoolean()).isFalse();
    assertThat(scan.at("/snapshot/regions")).hasSize(3);
    JsonNode tokyo = scan.at("/snapshot/regions/0");
    assertThat(tokyo.at("/status").asText()).isEqualTo("denied_by_scp");
    assertThat(tokyo.has("instances")).isFalse();
  }

  @Test
  void saysWhyAScanFailed() throws Exception {
    Run run =
        deployment.failed(
            deployment.active(acme), new Run.Failure("role_not_assumable", "It was refused."));

    JsonNode scan = body(get(SCAN, run));

    assertThat(scan.at("/status").asText()).isEqualTo("failed");
    assertThat(scan.at("/failure/code").asText()).isEqualTo("role_not_assumable");
    assertThat(scan.at("/failure/message").asText()).isEqualTo("It was refused.");
  }

  @Test
  void saysThatAScanWasCancelled() throws Exception {
    Run run = deployment.failed(deployment.active(acme), Run.CANCELLED);

    JsonNode scan = body(get(SCAN, run));

    assertThat(scan.at("/status").asText()).isEqualTo("cancelled");
    assertThat(scan.at("/detail").asText()).contains("cancelled");
    assertThat(scan.has("failure")).isFalse();
    assertProblem(get(REPORT, run), 409, "scan_without_result");
  }

  @Test
  void saysThatAScanPastItsDeadlineTimedOut() throws Exception {
    Run run = deployment.begin(deployment.active(acme));

    deployment.pass(Run.LONGEST.plusMillis(1));

    assertThat(body(get(SCAN, run)).at("/status").asText()).isEqualTo("timed_out");
  }

  @Test
  void saysThatAScanConcludedWhoseSnapshotNewerOnesHaveDisplaced() throws Exception {
    Connection connection = deployment.active(acme);
    Run first = deployment.concluded(connection);
    for (int more = 0; more < 5; more++) {
      deployment.concluded(connection);
    }

    JsonNode scan = body(get(SCAN, first));

    assertThat(scan.at("/status").asText()).isEqualTo("concluded");
    assertThat(scan.has("snapshot")).isFalse();
    assertThat(scan.at("/detail").asText()).contains("no longer among the " + Snapshot.KEPT);
    assertProblem(get(REPORT, first), 410, "snapshot_gone");
  }

  @Test
  void showsAResultLongAfterItsRunIsForgotten() throws Exception {
    Run run = deployment.concluded(deployment.active(acme));

    deployment.pass(Duration.ofDays(400));

    assertThat(body(get(SCAN, run)).has("snapshot")).isTrue();
  }

  @Test
  void showsFiveSnapshotsNewestFirstAndTheTrendsBetweenThem() throws Exception {
    Connection connection = deployment.active(acme);
    List<String> newestFirst = new ArrayList<>();
    for (int scan = 0; scan < 6; scan++) {
      newestFirst.addFirst(deployment.concluded(connection).key().scan().value());
    }

    JsonNode history = body(get(HISTORY, connection));

    assertThat(history.get("snapshots"))
        .extracting(snapshot -> snapshot.get("scanId").asText())
        .containsExactlyElementsOf(newestFirst.subList(0, 5));
    assertThat(history.get("snapshots")).noneMatch(snapshot -> snapshot.has("regions"));
    assertThat(history.get("trends"))
        .extracting(trend -> trend.get("to").asText())
        .containsExactlyElementsOf(newestFirst.subList(0, 4));
  }

  @Test
  void goesIntoRegionsOfAHistoryWhenAsked() throws Exception {
    Connection connection = deployment.active(acme);
    deployment.concluded(connection);

    assertThat(
            body(get(HISTORY, path(connection.id(), null), Map.of("detail", "regions")))
                .at("/snapshots/0/regions"))
        .hasSize(3);
    assertProblem(
        get(HISTORY, path(connection.id(), null), Map.of("detail", "all")),
        400,
        "invalid_request",
        "detail");
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void hasAReportInEveryFormat(ReportFormat format) throws Exception {
    Run run = deployment.concluded(deployment.active(acme));

    APIGatewayV2HTTPResponse answer =
        get(
            REPORT,
            path(run.key().connection(), run.key().scan()),
            Map.of("format", format.name().toLowerCase(Locale.ROOT)));

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody()).isNotBlank();
    assertThat(answer.getHeaders())
        .containsEntry("content-type", format.contentType())
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("content-security-policy", HtmlPage.CONTENT_SECURITY_POLICY)
        .hasEntrySatisfying(
            "content-disposition",
            value ->
                assertThat(value).contains("filename=\"cloudoperator-" + run.key().scan() + "."));
  }

  @Test
  void reportsInJsonUnlessAskedOtherwise() throws Exception {
    Run run = deployment.concluded(deployment.active(acme));

    assertThat(body(get(REPORT, run))).isEqualTo(body(get(SCAN, run)).get("snapshot"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pdf", "JSON", ""})
  void namesTheFormatsThatThereAre(String format) throws Exception {
    Run run = deployment.concluded(deployment.active(acme));

    APIGatewayV2HTTPResponse answer =
        get(REPORT, path(run.key().connection(), run.key().scan()), Map.of("format", format));

    assertProblem(answer, 400, "invalid_request", "format");
    assertThat(answer.getBody()).contains("json, csv, html, ocsf, asff");
  }

  @Test
  void hasNoReportOfAScanWithoutAResult() throws Exception {
    Connection connection = deployment.active(acme);
    Run failed = deployment.failed(connection, new Run.Failure("code", "It was refused."));
    Run running = deployment.begin(connection);

    assertProblem(get(REPORT, failed), 409, "scan_without_result");
    assertProblem(get(REPORT, running), 409, "scan_running");
    deployment.pass(Run.LONGEST.plusMillis(1));
    assertProblem(get(REPORT, running), 409, "scan_without_result");
  }

  @ParameterizedTest
  @ValueSource(strings = {CONNECTION, SCAN, REPORT, HISTORY})
  void showsNothingOfAnotherTenant(String route) throws Exception {
    TenantId other = deployment.tenant();
    Run theirs = deployment.concluded(deployment.active(other));

    APIGatewayV2HTTPResponse foreign = get(route, theirs);

    assertProblem(foreign, 404, "not_found");
    assertThat(foreign.getBody())
        .isEqualTo(get(route, path(unknown(), theirs.key().scan()), Map.of()).getBody());
    assertThat(body(get(LIST, Map.of(), Map.of())).get("connections")).isEmpty();
  }

  @Test
  void showsNoScanOfAnotherConnection() throws Exception {
    Run run = deployment.concluded(deployment.active(acme));
    Connection another = deployment.pending(acme);

    assertProblem(get(SCAN, path(another.id(), run.key().scan()), Map.of()), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "con-1", "CON-0123456789ABCDEF0123456789ABCDEF", "../health"})
  void knowsNoConnectionOfAnotherForm(String id) throws Exception {
    assertProblem(get(CONNECTION, Map.of("connectionId", id), Map.of()), 404, "not_found");
  }

  @Test
  void knowsNoScanOfAnotherForm() throws Exception {
    Connection connection = deployment.active(acme);

    assertProblem(
        get(SCAN, Map.of("connectionId", connection.id().value(), "scanId", "latest"), Map.of()),
        404,
        "not_found");
  }

  private APIGatewayV2HTTPResponse get(String route, Connection connection) throws Exception {
    return get(route, path(connection.id(), null), Map.of());
  }

  private APIGatewayV2HTTPResponse get(String route, Run run) throws Exception {
    return get(route, path(run.key().connection(), run.key().scan()), Map.of());
  }

  /** As the tenant acme; the answer keeps the contract, whatever it is. */
  private APIGatewayV2HTTPResponse get(
      String route, Map<String, String> path, Map<String, String> query) throws Exception {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(route);
    event.setPathParameters(path);
    event.setQueryStringParameters(query);
    event.getRequestContext().getAuthorizer().getJwt().getClaims().put("sub", acme.value());
    APIGatewayV2HTTPResponse answer = deployment.handle(event);
    contract.assertAllows(route, answer);
    if (answer.getStatusCode() == 200) {
      assertThat(answer.getHeaders()).containsEntry("cache-control", "no-store");
    }
    return answer;
  }

  private static ConnectionId unknown() {
    return new ConnectionId("con-" + "f".repeat(32));
  }

  private static Map<String, String> path(ConnectionId connection, @Nullable ScanId scan) {
    return scan == null
        ? Map.of("connectionId", connection.value())
        : Map.of("connectionId", connection.value(), "scanId", scan.value());
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) throws Exception {
    return Json.STRICT.readTree(answer.getBody());
  }

  private static void assertProblem(
      APIGatewayV2HTTPResponse answer, int status, String code, String... field) throws Exception {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    assertThat(body(answer).at("/code").asText()).isEqualTo(code);
    assertThat(body(answer).path("field").asText())
        .isEqualTo(Arrays.stream(field).collect(Collectors.joining()));
  }
}
