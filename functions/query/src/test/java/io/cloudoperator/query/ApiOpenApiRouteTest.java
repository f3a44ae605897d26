package io.cloudoperator.query;

import static io.cloudoperator.query.ApiRequests.OPENAPI;
import static io.cloudoperator.query.ApiRequests.assertProblem;
import static io.cloudoperator.query.ApiRequests.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Deployment.Extension.class)
class ApiOpenApiRouteTest {
  private final Deployment deployment;
  private final ApiRequests requests;
  private final TenantId acme;

  ApiOpenApiRouteTest(Deployment deployment) {
    this.deployment = deployment;
    this.requests = new ApiRequests(deployment);
    this.acme = deployment.tenant();
  }

  @Test
  void writesOneApiAsOpenApi() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    APIGatewayV2HTTPResponse answer =
        requests.get(connection, OPENAPI, Map.of("api", ApiExample.ORDERS.toString()));

    assertThat(answer.getHeaders())
        .containsEntry(
            "content-disposition", "attachment; filename=\"openapi-eu-central-1-rest-a1.json\"");
    JsonNode document = body(answer);
    assertThat(document.at("/openapi").asText()).startsWith("3.1.");
    assertThat(document.at("/info/title").asText()).isEqualTo("Orders");
    assertThat(document.get("paths").toString()).contains("/orders");
  }

  @Test
  void writesARegionAsOpenApi() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode document = body(requests.get(connection, OPENAPI, Map.of("region", "eu-central-1")));

    assertThat(document.get("paths").toString())
        .contains("api.example.com")
        .contains("b2.execute-api.eu-central-1")
        .doesNotContain("us-east-2");
  }

  @Test
  void knowsNoApiThatIsNotInTheInventory() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory(ApiExample.shop()));

    assertProblem(
        requests.get(connection, OPENAPI, Map.of("api", ApiExample.ORDERS.toString())),
        404,
        "not_found");
  }

  @Test
  void asksForOneApiOrARegion() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertProblem(requests.get(connection, OPENAPI, Map.of()), 400, "invalid_request");
    assertProblem(
        requests.get(
            connection, OPENAPI, Map.of("api", ApiExample.ORDERS.toString(), "region", "global")),
        400,
        "invalid_request");
  }
}
