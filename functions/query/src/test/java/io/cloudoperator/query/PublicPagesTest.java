package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.html.HtmlPage;
import io.cloudoperator.runtime.Line;
import io.cloudoperator.runtime.Priming;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may read, without a token. */
@ExtendWith(Deployment.Extension.class)
class PublicPagesTest {
  private final Deployment deployment;
  private final Contract contract;

  PublicPagesTest(Deployment deployment) {
    this.deployment = deployment;
    this.contract = deployment.contract();
  }

  @Test
  void publishesWhatItMayCallAndNothingElse() throws Exception {
    APIGatewayV2HTTPResponse answer = anyone("GET /permissions");
    JsonNode minimal = body(answer).at("/tiers/0");

    assertThat(answer.getHeaders()).containsEntry("cache-control", "public, max-age=300");
    assertThat(minimal.get("granted"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("ec2:Describe*", "s3:ListAllMyBuckets", "sts:GetCallerIdentity");
    assertThat(minimal.get("operations"))
        .extracting(operation -> operation.get("operation").asText())
        .containsExactlyInAnyOrder(
            "GetCallerIdentity", "DescribeRegions", "DescribeInstances", "ListBuckets");
    assertThat(minimal.get("operations"))
        .allSatisfy(operation -> assertThat(operation.get("why").asText()).isNotBlank());
    assertThat(minimal.at("/sessionPolicy/Statement/0/Action"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(
            "sts:GetCallerIdentity",
            "ec2:DescribeRegions",
            "ec2:DescribeInstances",
            "s3:ListAllMyBuckets");
  }

  @Test
  void publishesItsContract() throws Exception {
    APIGatewayV2HTTPResponse answer = anyone("GET /openapi.json");

    assertThat(answer.getHeaders()).containsEntry("cache-control", "public, max-age=300");
    assertThat(body(answer).at("/openapi").asText()).startsWith("3.1");
  }

  @Test
  void publishesWhatItTakesForALineOfText() throws Exception {
    assertThat(body(anyone("GET /openapi.json")).at("/components/schemas/Line/pattern").asText())
        .isEqualTo(Line.PATTERN);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /security, How CloudOperator reads your AWS account",
    "GET /security/claims, Security"
  })
  void publishesItsPromisesAsPagesThatRunNothing(String route, String title) throws Exception {
    APIGatewayV2HTTPResponse answer = anyone(route);

    assertThat(answer.getBody())
        .startsWith("<!doctype html>")
        .containsPattern("<h1 id=\"[a-z-]+\">" + title + "</h1>");
    assertThat(answer.getHeaders())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=300")
        .containsEntry("content-security-policy", HtmlPage.CONTENT_SECURITY_POLICY)
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /permissions",
        "GET /openapi.json",
        "GET /security",
        "GET /security/claims",
        "GET /trust.json"
      })
  void compressesWhatIsLongForThoseWhoTakeIt(String route) throws Exception {
    APIGatewayV2HTTPResponse plain = anyone(route);
    APIGatewayV2HTTPResponse gzip = ask(route, Map.of("Accept-Encoding", "gzip, br"));
    byte[] sent = Base64.getDecoder().decode(gzip.getBody());

    assertThat(new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(plain.getBody());
    assertThat(sent.length).isLessThan(plain.getBody().length() / 3);
    assertThat(plain.getHeaders())
        .containsEntry("vary", "accept-encoding")
        .doesNotContainKey("content-encoding");
    assertThat(gzip.getHeaders())
        .containsEntry("content-encoding", "gzip")
        .containsAllEntriesOf(plain.getHeaders());
  }

  @Test
  void publishesTheFactsOfItsPageForPrograms() throws Exception {
    APIGatewayV2HTTPResponse answer = anyone("GET /trust.json");
    JsonNode trust = body(answer);

    assertThat(answer.getHeaders()).containsEntry("cache-control", "public, max-age=300");
    assertThat(trust.at("/broker/account").asText()).isEqualTo("999988887777");
    assertThat(trust.at("/broker/region").asText()).isEqualTo("us-east-1");
    assertThat(trust.at("/session/seconds").asInt()).isEqualTo(900);
    assertThat(trust.at("/proof/required").asBoolean()).isTrue();
    assertThat(trust.at("/certifications").isEmpty()).isTrue();
    assertThat(trust.at("/certifications").isArray()).isTrue();
    assertThat(trust.at("/securityContact/uri").asText()).isEqualTo("mailto:security@example.com");
    assertThat(trust.at("/tiers/minimal/actionsAllowed").asInt()).isEqualTo(4);
    assertThat(trust.at("/tiers/minimal/sessionPolicy"))
        .isEqualTo(body(anyone("GET /permissions")).at("/tiers/0/sessionPolicy"));
    assertThat(trust.at("/tiers/audit/operations"))
        .isEqualTo(body(anyone("GET /permissions")).at("/tiers/1/operations"));
  }

  @Test
  void namesWhomToTellOfAVulnerabilityUntilAYearAfterItWasDeployed() throws Exception {
    APIGatewayV2HTTPResponse answer = anyone("GET /.well-known/security.txt");

    assertThat(answer.getHeaders())
        .containsEntry("content-type", "text/plain; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=300");
    assertThat(answer.getBody())
        .contains(
            """
            Contact: mailto:security@example.com
            Expires: 2077-11-21T12:00:00Z
            Preferred-Languages: en
            """
                .replace("\n", "\r\n"))
        .contains(
            "Canonical: https://%1$s/.well-known/security.txt\r\nPolicy: https://%1$s/security#report\r\n"
                .formatted("api.example.com"));
  }

  @Test
  void saysThatItLivesAndWhichBuildItIs() throws Exception {
    JsonNode health = body(anyone("GET /health"));

    assertThat(health.at("/status").asText()).isEqualTo("ok");
    assertThat(health.at("/version").asText()).matches("\\d+\\.\\d+.*");
  }

  @Test
  void makesNoPageBeforeItIsAskedFor() {
    assertThat(deployment.starting().pages().made()).isZero();
  }

  /** A request that comes after a restore waits for none. */
  @Test
  void makesEachPageBeforeTheSnapshot() throws Exception {
    QueryHandler handler = deployment.starting();
    for (Priming.Action action : handler.priming()) {
      action.warmUp();
    }

    assertThat(handler.pages().made()).isEqualTo(5);
  }

  private APIGatewayV2HTTPResponse anyone(String route) throws Exception {
    APIGatewayV2HTTPResponse answer = ask(route, Map.of());
    contract.assertAllows(route, answer);
    return answer;
  }

  private APIGatewayV2HTTPResponse ask(String route, Map<String, String> headers) throws Exception {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(route);
    event.setPathParameters(null);
    event.getRequestContext().setAuthorizer(null);
    event.getRequestContext().setDomainName("api.example.com");
    event.setHeaders(headers);
    APIGatewayV2HTTPResponse answer = deployment.handle(event);
    assertThat(answer.getStatusCode()).isEqualTo(200);
    return answer;
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) throws Exception {
    return Json.STRICT.readTree(answer.getBody());
  }
}
