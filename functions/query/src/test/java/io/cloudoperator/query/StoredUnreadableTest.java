package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Run;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored and cannot be read costs itself alone, and is told as that: not as absent. */
@ExtendWith(Deployment.Extension.class)
class StoredUnreadableTest {
  private static final String LIST = "GET /connections";
  private static final String CONNECTION = "GET /connections/{connectionId}";
  private static final String HISTORY = CONNECTION + "/history";
  private static final String SCAN = CONNECTION + "/scans/{scanId}";
  private static final String APIS = CONNECTION + "/apis";
  private static final String CATALOG = CONNECTION + "/apis/catalog";

  private final Deployment deployment;
  private final TenantId tenant;

  StoredUnreadableTest(Deployment deployment) {
    this.deployment = deployment;
    this.tenant = deployment.tenant();
  }

  @Test
  void showsTheSnapshotsAroundADamagedOne() throws Exception {
    Connection connection = deployment.active(tenant);
    Run oldest = deployment.concluded(connection);
    Run damaged = deployment.concluded(connection);
    Run newest = deployment.concluded(connection);
    deployment.damage(connection, "snapshot#" + damaged.key().scan());

    JsonNode history = body(get(HISTORY, connection, Optional.empty()), 200);
    JsonNode shown = body(get(CONNECTION, connection, Optional.empty()), 200);

    assertThat(history.get("snapshots").findValuesAsText("scanId"))
        .containsExactly(newest.key().scan().value(), oldest.key().scan().value());
    assertThat(history.get("unreadable").asInt()).isEqualTo(1);
    assertThat(shown.at("/latest/scanId").asText()).isEqualTo(newest.key().scan().value());
    assertThat(shown.get("unreadable").asInt()).isEqualTo(1);
    assertProblem(get(SCAN, connection, Optional.of(damaged)));
    assertThat(body(get(SCAN, connection, Optional.of(oldest)), 200).get("status").asText())
        .isEqualTo("concluded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tier", "status", "schedule", "createdAt"})
  void showsTheConnectionsBesideADamagedOne(String attribute) throws Exception {
    Connection good = deployment.pending(tenant);
    Connection damaged = deployment.active(tenant);
    deployment.damage(damaged, attribute, "of_a_later_release");

    JsonNode list = body(get(LIST, good, Optional.empty()), 200);

    assertThat(list.findValuesAsText("id")).containsExactly(good.id().value());
    assertThat(list.get("unreadable").asInt()).isEqualTo(1);
    assertProblem(get(CONNECTION, damaged, Optional.empty()));
    assertProblem(get(HISTORY, damaged, Optional.empty()));
    assertThat(get(CONNECTION, damaged, Optional.empty()).getBody())
        .doesNotContain("of_a_later_release");
  }

  @Test
  void tellsADamagedInventoryFromNone() throws Exception {
    Connection connection = deployment.audited(tenant);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.damage(connection, "apis#");

    assertProblem(get(APIS, connection, Optional.empty()));
  }

  @Test
  void tellsADamagedCatalogueFromNone() throws Exception {
    Connection connection = deployment.audited(tenant);
    deployment.declare(connection, new Catalog.Entry[0]);
    deployment.damage(connection, "catalog#");

    assertProblem(get(CATALOG, connection, Optional.empty()));
  }

  private APIGatewayV2HTTPResponse get(String route, Connection connection, Optional<Run> scan)
      throws IOException {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(route);
    event.setPathParameters(
        scan.map(run ->
                Map.of("connectionId", connection.id().value(), "scanId", run.key().scan().value()))
            .orElseGet(() -> Map.of("connectionId", connection.id().value())));
    event.setQueryStringParameters(Map.of());
    event.getRequestContext().getAuthorizer().getJwt().getClaims().put("sub", tenant.value());
    APIGatewayV2HTTPResponse answer = deployment.handle(event);
    deployment.contract().assertAllows(route, answer);
    return answer;
  }

  private static void assertProblem(APIGatewayV2HTTPResponse answer) throws Exception {
    assertThat(body(answer, 409).get("code").asText()).isEqualTo("stored_unreadable");
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer, int status) throws Exception {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    return Json.STRICT.readTree(answer.getBody());
  }
}
