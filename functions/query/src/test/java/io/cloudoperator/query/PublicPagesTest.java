package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
  void publishesItsPromisesAsAPageThatRunsNothing() throws Exception {
    APIGatewayV2HTTPResponse answer = anyone("GET /security");

    assertThat(answer.getBody()).startsWith("<!doctype html>").contains("<h1>Security</h1>");
    assertThat(answer.getHeaders())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=300")
        .containsEntry("content-security-policy", HtmlPage.CONTENT_SECURITY_POLICY)
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer");
  }

  @Test
  void saysThatItLivesAndWhichBuildItIs() throws Exception {
    JsonNode health = body(anyone("GET /health"));

    assertThat(health.at("/status").asText()).isEqualTo("ok");
    assertThat(health.at("/version").asText()).matches("\\d+\\.\\d+.*");
  }

  private APIGatewayV2HTTPResponse anyone(String route) throws Exception {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(route);
    event.setPathParameters(null);
    event.getRequestContext().setAuthorizer(null);
    APIGatewayV2HTTPResponse answer = deployment.handle(event);
    assertThat(answer.getStatusCode()).isEqualTo(200);
    contract.assertAllows(route, answer);
    return answer;
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) throws Exception {
    return Json.STRICT.readTree(answer.getBody());
  }
}
