package io.cloudoperator.query;

import static io.cloudoperator.query.ApiRequests.CHANGES;
import static io.cloudoperator.query.ApiRequests.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.scan.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Deployment.Extension.class)
class ApiChangesRouteTest {
  private final Deployment deployment;
  private final ApiRequests requests;
  private final TenantId acme;

  ApiChangesRouteTest(Deployment deployment) {
    this.deployment = deployment;
    this.requests = new ApiRequests(deployment);
    this.acme = deployment.tenant();
  }

  @Test
  void takesTheFirstInventoryForABaseline() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode changes = body(requests.get(connection, CHANGES, Map.of()));

    assertThat(changes.at("/baseline").asBoolean()).isTrue();
    assertThat(changes.get("changes")).isEmpty();
    assertThat(changes.has("since")).isFalse();
  }

  @Test
  void showsWhatIsNewChangedAndGone() throws Exception {
    Connection connection = deployment.audited(acme);
    Run before =
        deployment.concluded(
            connection, ApiExample.inventory(ApiExample.orders(), ApiExample.shop()));
    deployment.concluded(
        connection,
        ApiExample.inventory(
            ApiExample.withRoutes(
                ApiExample.orders(),
                ApiExample.route("GET", "/orders", Authorization.JWT),
                ApiExample.route("PUT", "/orders", Authorization.IAM)),
            ApiExample.chat()));

    JsonNode changes = body(requests.get(connection, CHANGES, Map.of()));

    assertThat(changes.at("/since").asText()).isEqualTo(before.key().scan().value());
    assertThat(
            changes
                .get("changes")
                .valueStream()
                .map(change ->
                    change.path("change").asText()
                        + " "
                        + change.path("api").asText()
                        + " "
                        + change.path("route").asText()))
        .containsExactlyInAnyOrder(
            "changed eu-central-1/rest/a1 GET /orders",
            "added eu-central-1/rest/a1 PUT /orders",
            "removed eu-central-1/rest/a1 POST /orders",
            "removed eu-central-1/http/b2 ",
            "added us-east-2/websocket/c3 ");
    assertThat(changes.toString())
        .contains("{\"property\":\"authorization\",\"before\":\"none\",\"after\":\"jwt\"}")
        .contains("\"notCompared\":[{\"region\":\"us-east-2\",\"service\":\"function_urls\"}]");
  }

  @Test
  void comparesWithTheScanThatIsAskedFor() throws Exception {
    Connection connection = deployment.audited(acme);
    Run first = deployment.concluded(connection, ApiExample.inventory(ApiExample.shop()));
    deployment.concluded(connection, ApiExample.inventory());
    deployment.concluded(connection, ApiExample.inventory());

    assertThat(body(requests.get(connection, CHANGES, Map.of())).at("/total").asInt()).isZero();
    assertThat(
            body(requests.get(connection, CHANGES, Map.of("since", first.key().scan().value())))
                .at("/total")
                .asInt())
        .isEqualTo(3);
  }

  /**
   * Whoever pages through changes sees those of one pair of scans, whatever is scanned meanwhile.
   */
  @Test
  void dividesChangesIntoPagesThatANewScanDoesNotMove() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.concluded(connection, ApiExample.inventory(ApiExample.shop()));
    JsonNode first = body(requests.get(connection, CHANGES, Map.of("limit", "2")));
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode rest =
        body(
            requests.get(
                connection, CHANGES, Map.of("limit", "2", "after", first.at("/next").asText())));

    assertThat(first.get("changes").findValuesAsText("api"))
        .containsExactly("eu-central-1/rest/a1", "global/distribution/E1");
    assertThat(rest.get("changes").findValuesAsText("api"))
        .containsExactly("us-east-2/websocket/c3");
    assertThat(rest.at("/scanId")).isEqualTo(first.at("/scanId"));
    assertThat(rest.has("next")).isFalse();
  }
}
