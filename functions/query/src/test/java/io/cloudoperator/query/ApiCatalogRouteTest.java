package io.cloudoperator.query;

import static io.cloudoperator.query.ApiRequests.APIS;
import static io.cloudoperator.query.ApiRequests.CATALOG;
import static io.cloudoperator.query.ApiRequests.assertProblem;
import static io.cloudoperator.query.ApiRequests.body;
import static io.cloudoperator.query.ApiRequests.byHost;
import static io.cloudoperator.query.ApiRequests.byId;
import static io.cloudoperator.query.ApiRequests.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.scan.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
  void dividesTheCatalogueIntoPagesOfOneInventory() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.declare(connection, byHost("a.example.com"), byHost("b.example.com"));
    JsonNode whole = body(requests.get(connection, CATALOG, Map.of()));
    List<JsonNode> entries = new ArrayList<>();
    List<JsonNode> shadows = new ArrayList<>();

    Optional<String> next = Optional.empty();
    int pages = 0;
    do {
      Map<String, String> query = new HashMap<>(Map.of("limit", "1"));
      next.ifPresent(token -> query.put("after", token));
      JsonNode page = body(requests.get(connection, CATALOG, query));
      page.get("entries").forEach(entries::add);
      page.get("shadows").forEach(shadows::add);
      assertThat(page.get("scanId")).isEqualTo(whole.get("scanId"));
      if (pages++ == 0) {
        deployment.concluded(connection, ApiExample.inventory());
      }
      next = Optional.ofNullable(page.get("next")).map(JsonNode::asText);
    } while (next.isPresent());

    assertThat(whole.has("next")).isFalse();
    assertThat(entries).isEqualTo(whole.get("entries").valueStream().toList());
    assertThat(shadows).isNotEmpty().isEqualTo(whole.get("shadows").valueStream().toList());
    assertThat(pages).isEqualTo(entries.size() + shadows.size());
  }

  @Test
  void refusesAPageOfACatalogueThatWasDeclaredAnew() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.declare(connection, byHost("a.example.com"), byHost("b.example.com"));
    String next =
        body(requests.get(connection, CATALOG, Map.of("limit", "1"))).get("next").asText();
    deployment.pass(Duration.ofSeconds(1));
    deployment.declare(connection, byHost("c.example.com"));

    assertProblem(requests.get(connection, CATALOG, Map.of("after", next)), 400, "invalid_request");
  }

  /** Whatever is accepted can be shown: each route counts four times in an answer. */
  @Test
  void answersWithTheLargestEntriesThatCanBeDeclared() throws Exception {
    Connection connection = deployment.audited(acme);
    String[] routes =
        IntStream.range(0, 1_000).mapToObj(i -> "\"".repeat(590) + i).toArray(String[]::new);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.declare(
        connection,
        byHost("api.example.com", routes),
        byHost("b.example.com", routes),
        byHost("c.example.com", routes));
    int entries = 0;

    Optional<String> next = Optional.empty();
    do {
      APIGatewayV2HTTPResponse answer =
          requests.get(
              connection, CATALOG, next.map(token -> Map.of("after", token)).orElse(Map.of()));
      assertThat(AnswerSize.of(answer.getBody())).isLessThan(AnswerSize.LARGEST);
      JsonNode page = body(answer);
      entries += page.get("entries").size();
      next = Optional.ofNullable(page.get("next")).map(JsonNode::asText);
    } while (next.isPresent());

    assertThat(entries).isEqualTo(3);
  }

  @Test
  void saysThatNothingWasDeclared() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertProblem(requests.get(connection, CATALOG, Map.of()), 404, "no_catalog");
    assertProblem(requests.get(connection, APIS, Map.of("standing", "shadow")), 404, "no_catalog");
  }
}
