package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Deployment.Extension.class)
class CallsRouteTest {
  private static final String ROUTE = "GET /connections/{connectionId}/calls";

  private final Deployment deployment;
  private final TenantId acme;

  CallsRouteTest(Deployment deployment) {
    this.deployment = deployment;
    this.acme = deployment.tenant();
  }

  @Test
  void showsEveryCallOfEveryLedger() throws Exception {
    Connection connection = deployment.active(acme);
    Run older = deployment.concluded(connection);
    Run newer = deployment.concluded(connection);

    JsonNode document = body(get(connection, Map.of()));

    assertThat(document.at("/connection").asText()).isEqualTo(connection.id().value());
    assertThat(document.at("/account").asText()).isEqualTo(Example.ACCOUNT.value());
    assertThat(document.at("/brokerAccount").asText()).isEqualTo("999988887777");
    assertThat(document.at("/sessionPolicy/Statement").isMissingNode()).isFalse();
    assertThat(document.has("next")).isFalse();
    assertThat(
            document.get("sessions").valueStream().map(session -> session.get("session").asText()))
        .containsExactly(newer.key().scan().value(), older.key().scan().value());
    assertThat(operations(document.at("/sessions/0")))
        .containsExactlyInAnyOrder(
            "sts:AssumeRole",
            "ec2:DescribeInstances",
            "ec2:DescribeInstances",
            "ec2:DescribeInstances",
            "s3:ListBuckets");
  }

  @Test
  void showsAPendingConnectionWithoutCalls() throws Exception {
    JsonNode document = body(get(deployment.pending(acme), Map.of()));

    assertThat(document.get("sessions")).isEmpty();
    assertThat(document.has("account")).isFalse();
  }

  @Test
  void showsOneScanAlsoWhileItRuns() throws Exception {
    Connection connection = deployment.active(acme);
    deployment.concluded(connection);
    Run running = deployment.scan(connection, Example.frankfurt());

    JsonNode document = body(get(connection, Map.of("scan", running.key().scan().value())));

    assertThat(document.get("sessions")).hasSize(1);
    assertThat(operations(document.at("/sessions/0")))
        .containsExactlyInAnyOrder("sts:AssumeRole", "ec2:DescribeInstances", "s3:ListBuckets");
  }

  @Test
  void showsAScanThatCalledNothing() throws Exception {
    Connection connection = deployment.active(acme);
    Run failed = deployment.failed(connection, new Run.Failure("not_started", "Not started."));

    assertThat(body(get(connection, Map.of("scan", failed.key().scan().value()))).get("sessions"))
        .isEmpty();
  }

  @Test
  void knowsNoScanOfAnotherConnection() throws Exception {
    Run mine = deployment.concluded(deployment.active(acme));
    Connection other = deployment.active(deployment.tenant());

    assertThat(get(other, Map.of("scan", mine.key().scan().value())).getStatusCode())
        .isEqualTo(404);
  }

  @Test
  void dividesCallsIntoPages() throws Exception {
    Connection connection = deployment.active(acme);
    deployment.concluded(connection);
    deployment.concluded(connection);
    List<String> whole = calls(body(get(connection, Map.of())));

    for (int limit = 1; limit <= whole.size(); limit++) {
      List<String> seen = new ArrayList<>();
      Map<String, String> query = new HashMap<>(Map.of("limit", String.valueOf(limit)));
      JsonNode page;
      do {
        page = body(get(connection, query));
        assertThat(calls(page)).hasSizeBetween(1, limit);
        seen.addAll(calls(page));
        assertThat(seen).as("pages of %d go on", limit).hasSizeLessThanOrEqualTo(whole.size());
        query.put("after", page.path("next").asText());
      } while (page.has("next"));
      assertThat(seen).as("pages of %d", limit).isEqualTo(whole);
    }
  }

  @Test
  void writesOneCallALineAsCsv() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concluded(connection);

    APIGatewayV2HTTPResponse answer = get(connection, Map.of("format", "csv"));

    assertThat(answer.getHeaders())
        .containsEntry("content-type", "text/csv; charset=utf-8; header=present")
        .doesNotContainKey("link");
    assertThat(answer.getBody().split("\r\n"))
        .hasSize(6)
        .startsWith(
            "session,kind,at,region,service,operation,requestId,status,errorCode,throttled,retry")
        .contains(
            run.key().scan()
                + ",scan,2076-11-22T12:00:00Z,us-east-1,s3,ListBuckets,id-us-east-1,200,,false,"
                + "false");
  }

  @Test
  void tellsWhereTheNextLinesAre() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concluded(connection);
    String scan = run.key().scan().value();

    String link =
        get(connection, Map.of("format", "csv", "limit", "3", "scan", scan))
            .getHeaders()
            .getOrDefault("link", "");

    Matcher parts =
        Pattern.compile(
                "</connections/"
                    + connection.id()
                    + "/calls\\?format=csv&limit=3&scan="
                    + scan
                    + "&after=([\\w-]+)>; rel=\"next\"")
            .matcher(link);
    assertThat(parts.matches()).as(link).isTrue();
    assertThat(
            get(connection, Map.of("format", "csv", "scan", scan, "after", parts.group(1)))
                .getBody()
                .split("\r\n"))
        .hasSize(3);
  }

  @Test
  void answersNothingAfterALedgerThatIsNotKeptAnyMore() throws Exception {
    Connection connection = deployment.active(acme);
    deployment.concluded(connection);
    String token = PageCursor.token(new CallsPage.Cursor(Example.key(7).scan(), 3));

    JsonNode document = body(get(connection, Map.of("after", token)));

    assertThat(document.get("sessions")).isEmpty();
    assertThat(document.has("next")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 20001",
    "format, html",
    "after, x",
    "after, MDE5ODAwMDA",
    "scan, 7",
    "page, 2"
  })
  void namesTheParameterThatIsWrong(String name, String value) throws Exception {
    APIGatewayV2HTTPResponse answer = get(deployment.active(acme), Map.of(name, value));

    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(answer.getBody()).contains(name);
  }

  private APIGatewayV2HTTPResponse get(Connection connection, Map<String, String> query)
      throws Exception {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(ROUTE);
    event.setPathParameters(Map.of("connectionId", connection.id().value()));
    event.setQueryStringParameters(query);
    event
        .getRequestContext()
        .getAuthorizer()
        .getJwt()
        .getClaims()
        .put("sub", connection.tenant().value());
    APIGatewayV2HTTPResponse answer = deployment.handle(event);
    deployment.contract().assertAllows(ROUTE, answer);
    return answer;
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) throws Exception {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
    return Json.STRICT.readTree(answer.getBody());
  }

  private static List<String> operations(JsonNode session) {
    return session
        .get("calls")
        .valueStream()
        .map(call -> call.get("service").asText() + ":" + call.get("operation").asText())
        .toList();
  }

  private static List<String> calls(JsonNode document) {
    return document
        .get("sessions")
        .valueStream()
        .flatMap(session ->
            session.get("calls").valueStream().map(call -> session.get("session") + " " + call))
        .toList();
  }
}
