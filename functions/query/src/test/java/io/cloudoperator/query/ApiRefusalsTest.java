package io.cloudoperator.query;

import static io.cloudoperator.query.ApiRequests.APIS;
import static io.cloudoperator.query.ApiRequests.CATALOG;
import static io.cloudoperator.query.ApiRequests.CHANGES;
import static io.cloudoperator.query.ApiRequests.OPENAPI;
import static io.cloudoperator.query.ApiRequests.assertProblem;
import static io.cloudoperator.query.ApiRequests.byHost;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each route of APIs refuses. */
@ExtendWith(Deployment.Extension.class)
class ApiRefusalsTest {
  private final Deployment deployment;
  private final ApiRequests requests;
  private final TenantId acme;

  ApiRefusalsTest(Deployment deployment) {
    this.deployment = deployment;
    this.requests = new ApiRequests(deployment);
    this.acme = deployment.tenant();
  }

  @ParameterizedTest
  @ValueSource(strings = {APIS, CHANGES, OPENAPI, CATALOG})
  void hasNoApisOfTheMinimalTier(String route) throws Exception {
    Connection connection = deployment.active(acme);
    deployment.concluded(connection);

    assertProblem(requests.get(connection, route, region(route)), 409, "tier_without_apis");
  }

  @ParameterizedTest
  @ValueSource(strings = {APIS, CHANGES, OPENAPI})
  void saysThatNoScanHasReadApis(String route) throws Exception {
    assertProblem(
        requests.get(deployment.audited(acme), route, region(route)), 404, "no_inventory");
  }

  @Test
  void saysThatTheInventoryOfAScanIsNotKept() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertProblem(
        requests.get(connection, APIS, Map.of("scan", Example.key(7).scan().value())),
        404,
        "no_inventory");
  }

  @ParameterizedTest
  @ValueSource(strings = {APIS, CHANGES, OPENAPI, CATALOG})
  void knowsNoConnectionOfAnotherTenant(String route) throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.declare(connection, byHost("api.example.com"));

    assertProblem(
        requests.get(deployment.tenant(), connection, route, region(route)), 404, "not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "/apis, limit, 0",
    "/apis, limit, 501",
    "/apis, kind, soap",
    "/apis, exposure, open",
    "/apis, authorization, oauth",
    "/apis, flag, none",
    "/apis, standing, zombie",
    "/apis, name, ''",
    "/apis, scan, 7",
    "/apis, after, x",
    "/apis, page, 2",
    "/apis/changes, since, 7",
    "/apis/changes, limit, 10001",
    "/apis/changes, after, MDE5",
    "/apis/openapi, api, a1",
    "/apis/openapi, name, a",
    "/apis/catalog, region, a"
  })
  void namesTheParameterThatIsWrong(String route, String name, String value) throws Exception {
    APIGatewayV2HTTPResponse answer =
        requests.get(deployment.audited(acme), route, Map.of(name, value));

    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(400);
    assertThat(Json.STRICT.readTree(answer.getBody()).at("/field").asText()).isEqualTo(name);
  }

  private static Map<String, String> region(String route) {
    return route.equals(OPENAPI) ? Map.of("region", "eu-central-1") : Map.of();
  }
}
