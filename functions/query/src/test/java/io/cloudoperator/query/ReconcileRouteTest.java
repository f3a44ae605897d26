package io.cloudoperator.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.scan.Run;
import io.cloudoperator.session.SessionPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Deployment.Extension.class)
class ReconcileRouteTest {
  private static final String ROUTE = "POST /connections/{connectionId}/calls/reconcile";

  private final Deployment deployment;
  private final TenantId acme;

  ReconcileRouteTest(Deployment deployment) {
    this.deployment = deployment;
    this.acme = deployment.tenant();
  }

  @Test
  void agreesWithTheAccountsOwnTrail() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concluded(connection);
    deployment.pass(Duration.ofHours(3));

    JsonNode found = body(post(connection, Map.of(), trail(run)));

    assertThat(found.get("verdict").asText()).isEqualTo("agrees");
    assertThat(found.at("/matched/calls").asInt()).isEqualTo(5);
    assertThat(found.at("/assumptions/publishedPolicy").asInt()).isEqualTo(1);
  }

  @Test
  void showsWhatDiffersOnBothSides() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concluded(connection);
    deployment.pass(Duration.ofHours(3));

    JsonNode found =
        body(
            post(
                connection,
                Map.of(),
                trail(run)
                    .replace("\"ListBuckets\"", "\"GetObject\"")
                    .replace("\"durationSeconds\":900", "\"durationSeconds\":3600")));

    assertThat(found.get("verdict").asText()).isEqualTo("differs");
    assertThat(found.at("/oursWithoutTheirs/calls/0/call/operation").asText())
        .isEqualTo("ListBuckets");
    assertThat(found.at("/theirsWithoutOurs/events/0/name").asText()).isEqualTo("GetObject");
    assertThat(found.at("/assumptions/remarkable/0/durationSeconds").asInt()).isEqualTo(3600);
  }

  @Test
  void allowsForCloudTrailsDelayAtTheTimeThatTheCallerGives() throws Exception {
    Connection connection = deployment.active(acme);
    deployment.concluded(connection);
    String soon = Example.NOON.plusSeconds(600).toString();
    deployment.pass(Duration.ofHours(3));

    JsonNode found = body(post(connection, Map.of("asOf", soon), "{\"Records\":[]}"));

    assertThat(found.get("verdict").asText()).isEqualTo("too_early");
    assertThat(found.get("asOf").asText()).isEqualTo(soon);
    assertThat(found.get("regionsWithoutEvents")).hasSize(4);
  }

  @Test
  void readsGzipThatCameAsBase64() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concluded(connection);
    deployment.pass(Duration.ofHours(3));

    APIGatewayV2HTTPEvent event = event(connection, Map.of());
    event.setBody(Base64.getEncoder().encodeToString(gzip(trail(run).getBytes(UTF_8))));
    event.setIsBase64Encoded(true);

    assertThat(body(answer(event)).get("verdict").asText()).isEqualTo("agrees");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The body: it is empty.",
        "hello | The body: it is text, not JSON.",
        "{\"Records\":[ | The body: it is not JSON, or cut short",
        "{\"configurationItems\":[]} | The body: it is AWS Config's",
        "{} | The body: it is neither CloudTrail's nor a ledger",
        "{\"sessions\":[]} | a ledger that cannot be used",
      })
  void saysWhyABodyIsNotCloudTrails(String content, String why) throws Exception {
    JsonNode problem = problem(post(deployment.active(acme), Map.of(), content), 400);

    assertThat(problem.get("code").asText()).isEqualTo("unreadable_trail");
    assertThat(problem.get("detail").asText()).contains(why);
  }

  @Test
  void listsAsManyEventsAsAnAnswerHolds() throws Exception {
    Connection connection = deployment.active(acme);
    Run run = deployment.concluded(connection);
    deployment.pass(Duration.ofHours(3));
    String name = "\\\"".repeat(1_900);
    String events =
        IntStream.range(0, 450)
            .mapToObj(event ->
                record(run.key().scan().value(), "ec2", name, "eu-central-1")
                    .replace("\"eventID\":\"", "\"eventID\":\"" + event))
            .collect(Collectors.joining(",", "{\"Records\":[", "]}"));

    APIGatewayV2HTTPResponse answer = post(connection, Map.of(), events);

    assertThat(AnswerSize.of(answer.getBody())).isLessThan(AnswerSize.LARGEST);
    JsonNode unknown = body(answer).get("theirsWithoutOurs");
    assertThat(unknown.get("unknownCall").asInt()).isEqualTo(450);
    assertThat(unknown.get("events")).hasSizeBetween(100, 449);
  }

  @Test
  void saysHowToSendGzipThatWasTakenForText() throws Exception {
    String spoiled = new String(gzip("[]".getBytes(UTF_8)), UTF_8);

    assertThat(
            problem(post(deployment.active(acme), Map.of(), spoiled), 400).get("detail").asText())
        .contains("content-type: application/gzip");
  }

  @Test
  void refusesMoreThanItTakesAndNamesTheOfflineCommand() throws Exception {
    Connection connection = deployment.active(acme);
    // As events are, it comes down to less than a tenth, and to no less than a hundredth.
    byte[] much = new byte[(64 << 20) + 1];
    Random random = new Random(7);
    for (int i = 0; i < much.length; i++) {
      much[i] = (byte) (i % 100 < 4 ? random.nextInt('1', '9') : ' ');
    }
    APIGatewayV2HTTPEvent bomb = event(connection, Map.of());
    bomb.setBody(Base64.getEncoder().encodeToString(gzip(much)));
    bomb.setIsBase64Encoded(true);

    for (APIGatewayV2HTTPResponse answer :
        new APIGatewayV2HTTPResponse[] {
          post(connection, Map.of(), " ".repeat(Reconcile.LARGEST + 1)), answer(bomb)
        }) {
      JsonNode problem = problem(answer, 413);
      assertThat(problem.get("code").asText()).isEqualTo("body_too_large");
      assertThat(problem.get("detail").asText())
          .contains("4,194,304", "67,108,864", "./cloudoperator reconcile");
    }
  }

  @Test
  void namesAParameterThatIsWrong() throws Exception {
    Connection connection = deployment.active(acme);

    for (String time : List.of("today", "-1000000000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z")) {
      assertThat(problem(post(connection, Map.of("asOf", time), "[]"), 400).get("field").asText())
          .isEqualTo("asOf");
    }
    assertThat(problem(post(connection, Map.of("format", "csv"), "[]"), 400).get("field").asText())
        .isEqualTo("format");
  }

  @Test
  void knowsNoConnectionOfAnotherTenant() throws Exception {
    Connection theirs = deployment.active(deployment.tenant());

    problem(post(theirs, Map.of(), "[]"), 404);
  }

  /** The five calls of {@link Example}, as the account's trail has them. */
  private static String trail(Run run) {
    String session = run.key().scan().value();
    return """
    {"Records":[{"eventVersion":"1.11","eventID":"e-0","eventTime":"%3$s","eventSource":"sts.amazonaws.com",
    "eventName":"AssumeRole","awsRegion":"us-east-1","recipientAccountId":"%1$s",
    "userIdentity":{"type":"AWSAccount","principalId":"AROAEXAMPLE:scanner","accountId":"999988887777"},
    "requestParameters":{"roleArn":"arn:aws:iam::%1$s:role/CloudOperatorReadOnly","roleSessionName":"%2$s",
    "durationSeconds":900,"externalId":"e","policy":%4$s}},%5$s,%6$s,%7$s,%8$s]}
    """
        .formatted(
            Example.ACCOUNT,
            session,
            Example.NOON,
            Json.write(SessionPolicy.of(Tier.MINIMAL)),
            record(session, "ec2", "DescribeInstances", "eu-central-1"),
            record(session, "ec2", "DescribeInstances", "us-east-2"),
            record(session, "ec2", "DescribeInstances", "ap-northeast-1"),
            record(session, "s3", "ListBuckets", "us-east-1"));
  }

  private static String record(String session, String service, String name, String region) {
    return """
    {"eventVersion":"1.11","eventID":"%3$s-%4$s","eventTime":"%5$s","eventSource":"%2$s.amazonaws.com",
    "eventName":"%3$s","awsRegion":"%4$s","recipientAccountId":"%6$s","requestParameters":null,
    "userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::%6$s:assumed-role/CloudOperatorReadOnly/%1$s"}}
    """
        .formatted(session, service, name, region, Example.NOON, Example.ACCOUNT);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private APIGatewayV2HTTPResponse post(
      Connection connection, Map<String, String> query, String text) throws IOException {
    APIGatewayV2HTTPEvent event = event(connection, query);
    event.setBody(text);
    return answer(event);
  }

  private static APIGatewayV2HTTPEvent event(Connection connection, Map<String, String> query) {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(ROUTE);
    event.setPathParameters(Map.of("connectionId", connection.id().value()));
    event.setQueryStringParameters(query);
    event.setIsBase64Encoded(false);
    return event;
  }

  private APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) throws IOException {
    event
        .getRequestContext()
        .getAuthorizer()
        .getJwt()
        .setClaims(Map.of("sub", acme.value(), "client_id", acme.value()));
    APIGatewayV2HTTPResponse answer = deployment.handle(event);
    deployment.contract().assertAllows(ROUTE, answer);
    return answer;
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) throws IOException {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
    return Json.STRICT.readTree(answer.getBody());
  }

  private static JsonNode problem(APIGatewayV2HTTPResponse answer, int status) throws IOException {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    return Json.STRICT.readTree(answer.getBody());
  }
}
