package io.cloudoperator.query;

import static io.cloudoperator.query.ApiRequests.APIS;
import static io.cloudoperator.query.ApiRequests.CATALOG;
import static io.cloudoperator.query.ApiRequests.assertProblem;
import static io.cloudoperator.query.ApiRequests.body;
import static io.cloudoperator.query.ApiRequests.byHost;
import static io.cloudoperator.query.ApiRequests.byId;
import static io.cloudoperator.query.ApiRequests.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Deployment.Extension.class)
class ApiCatalogRouteTest {
  private final Deployment deployment;
  private final ApiRequests requests;
  private final TenantId acme;

  ApiCatalogRouteTest(Deployment deployment) {
    this.deployment = deployment;
    this.requests = new ApiRequests(deployment);
    this.acme = deployment.tenant();
  }

  @Test
  void saysWhichApisAreDeclaredAndWhichAreShadows() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.declare(connection, byId(ApiExample.SHOP.toString()), byHost("api.example.com"));

    assertThat(ids(body(requests.get(connection, APIS, Map.of("standing", "declared")))))
        .containsExactly("eu-central-1/http/b2", "eu-central-1/rest/a1");
    assertThat(ids(body(requests.get(connection, APIS, Map.of("standing", "shadow")))))
        .containsExactly("global/distribution/E1", "us-east-2/websocket/c3");
    assertThat(
            body(requests.get(connection, APIS, Map.of()))
                .get("items")
                .findValuesAsText("standing"))
        .containsExactly("declared", "declared", "shadow", "shadow");
  }

  @Test
  void showsTheCatalogueAndHowItStands() throws Exception {
    Connection connection = deployment.audited(acme);
    Run run = deployment.concluded(connection, ApiExample.inventory());
    deployment.declare(
        connection,
        byHost("api.example.com", "GET /orders", "DELETE /orders"),
        byId("eu-central-1/rest/gone"),
        byId("us-east-2/function_url/f"));

    JsonNode catalog = body(requests.get(connection, CATALOG, Map.of()));

    assertThat(catalog.at("/scanId").asText()).isEqualTo(run.key().scan().value());
    assertThat(catalog.get("entries").findValuesAsText("standing"))
        .containsExactly("declared", "zombie", "unknown");
    assertThat(catalog.at("/entries/0/apis/0").asText()).isEqualTo("eu-central-1/rest/a1");
    assertThat(catalog.at("/entries/0/zombieRoutes").toString()).isEqualTo("[\"DELETE /orders\"]");
    assertThat(catalog.get("shadows").toString())
        .contains(
            "{\"api\":\"eu-central-1/rest/a1\",\"standing\":\"declared\","
                + "\"routes\":[\"POST /orders\"]}")
        .contains("{\"api\":\"eu-central-1/http/b2\",\"standing\":\"shadow\",\"routes\":[]}");
  }

  @Test
  void saysNothingOfWhatIsDeclaredBeforeTheFirstScan() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.declare(connection, byHost("api.example.com"));

    JsonNode catalog = body(requests.get(connection, CATALOG, Map.of()));

    assertThat(catalog.has("scanId")).isFalse();
    assertThat(catalog.get("entries").findValuesAsText("standing")).containsExactly("unknown");
    assertThat(catalog.get("shadows")).isEmpty();
  }

  @Test
  void saysThatNothingWasDeclared() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertProblem(requests.get(connection, CATALOG, Map.of()), 404, "no_catalog");
    assertProblem(requests.get(connection, APIS, Map.of("standing", "shadow")), 404, "no_catalog");
  }
}
