package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Run;
import io.cloudoperator.service.ApiKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Deployment.Extension.class)
class ApiRoutesTest {
  private static final String APIS = "/apis";
  private static final String CHANGES = "/apis/changes";
  private static final String OPENAPI = "/apis/openapi";
  private static final String CATALOG = "/apis/catalog";

  private final Deployment deployment;
  private final TenantId acme;

  ApiRoutesTest(Deployment deployment) {
    this.deployment = deployment;
    this.acme = deployment.tenant();
  }

  // ---------------------------------------------------------------- the inventory

  @Test
  void showsTheNewestInventory() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory(ApiExample.shop()));
    Run newest = deployment.concluded(connection, ApiExample.inventory());

    JsonNode page = body(get(connection, APIS, Map.of()));

    assertThat(page.at("/scanId").asText()).isEqualTo(newest.key().scan().value());
    assertThat(ids(page))
        .containsExactly(
            "eu-central-1/http/b2",
            "eu-central-1/rest/a1",
            "global/distribution/E1",
            "us-east-2/websocket/c3");
    assertThat(page.at("/matching").asInt()).isEqualTo(4);
    assertThat(page.has("next")).isFalse();
    assertThat(page.at("/summary/publicRoutesWithoutAuthorization").asInt()).isEqualTo(1);
    assertThat(page.at("/summary/changes/apisAdded").asInt()).isEqualTo(3);
  }

  @Test
  void saysWhatCouldNotBeRead() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertThat(body(get(connection, APIS, Map.of())).at("/summary/unread").toString())
        .isEqualTo(
            "[{\"region\":\"us-east-2\",\"service\":\"function_urls\","
                + "\"reason\":\"denied_by_scp\",\"code\":\"AccessDeniedException\"}]");
  }

  @Test
  void showsAnApiWithItsEntrancesRoutesAndFlags() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory(ApiExample.orders()));

    JsonNode api = body(get(connection, APIS, Map.of())).at("/items/0");

    assertThat(api.at("/name").asText()).isEqualTo("Orders");
    assertThat(api.at("/entrances").findValuesAsText("url"))
        .containsExactly(
            "https://a1.execute-api.eu-central-1.amazonaws.com/prod", "https://api.example.com");
    assertThat(api.at("/routes/0").toString())
        .isEqualTo(
            "{\"method\":\"GET\",\"path\":\"/orders\",\"authorization\":\"none\","
                + "\"apiKeyRequired\":false,\"exposure\":\"public\",\"integration\":\"lambda\"}");
    assertThat(api.at("/flags/0").toString())
        .isEqualTo("{\"kind\":\"routes_without_authorization\",\"severity\":\"high\",\"count\":1}");
    assertThat(api.has("standing")).isFalse();
  }

  @Test
  void showsAWebSocketApiAsAnAddressThatClientsUse() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory(ApiExample.chat()));

    assertThat(body(get(connection, APIS, Map.of())).at("/items/0/entrances/0/url").asText())
        .isEqualTo("wss://c3.execute-api.us-east-2.amazonaws.com/prod");
  }

  @Test
  void showsTheInventoryOfAnEarlierScan() throws Exception {
    Connection connection = deployment.audited(acme);
    Run earlier = deployment.concluded(connection, ApiExample.inventory(ApiExample.shop()));
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode page = body(get(connection, APIS, Map.of("scan", earlier.key().scan().value())));

    assertThat(ids(page)).containsExactly("eu-central-1/http/b2");
  }

  @ParameterizedTest
  @CsvSource({
    "region, eu-central-1, b2 a1",
    "region, global, E1",
    "region, ap-south-1, ''",
    "kind, websocket, c3",
    "exposure, public, b2 a1 E1 c3",
    "exposure, private, ''",
    "authorization, none, a1",
    "authorization, iam, a1",
    "authorization, jwt, b2",
    "flag, no_throttling, b2",
    "flag, deployed_long_ago, ''",
    "name, ORD, a1",
    "name, api.example, a1",
    "name, cloudfront.net, E1"
  })
  void showsWhatIsAskedFor(String name, String value, String expected) throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode page = body(get(connection, APIS, Map.of(name, value)));

    assertThat(ids(page).stream().map(id -> id.substring(id.lastIndexOf('/') + 1)))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    assertThat(page.at("/matching").asInt()).isEqualTo(ids(page).size());
  }

  @Test
  void holdsExposureAndAuthorizationAgainstOneAndTheSameRoute() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertThat(
            ids(
                body(
                    get(
                        connection,
                        APIS,
                        Map.of("exposure", "public", "authorization", "lambda")))))
        .containsExactly("us-east-2/websocket/c3");
    assertThat(
            ids(
                body(
                    get(
                        connection,
                        APIS,
                        Map.of("exposure", "private", "authorization", "lambda")))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void dividesApisIntoPages(int limit) throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());
    Map<String, String> query = new HashMap<>(Map.of("limit", String.valueOf(limit)));
    List<String> seen = new ArrayList<>();

    JsonNode page;
    do {
      page = body(get(connection, APIS, query));
      assertThat(page.get("items")).hasSizeBetween(1, limit);
      assertThat(page.at("/matching").asInt()).isEqualTo(4);
      seen.addAll(ids(page));
      assertThat(seen).as("pages go on").doesNotHaveDuplicates();
      query.put("after", page.path("next").asText());
    } while (page.has("next"));

    assertThat(seen).isEqualTo(ids(body(get(connection, APIS, Map.of()))));
  }

  /** 500 APIs of 50 routes, as the largest accounts have them. */
  @Test
  void answersWithNoMoreThanLambdaTakes() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(
        connection,
        ApiExample.inventory(
            Stream.iterate(0, i -> i + 1)
                .limit(500)
                .map(i -> ApiExample.large("x%03d".formatted(i), 50))
                .toArray(Api[]::new)));
    Map<String, String> query = new HashMap<>(Map.of("limit", "500"));
    List<String> seen = new ArrayList<>();

    JsonNode page;
    do {
      APIGatewayV2HTTPResponse answer =
          deployment.handle(event(acme, connection, "GET /connections/{connectionId}/apis", query));
      assertThat(AnswerSize.of(answer.getBody())).isLessThan(6_000_000);
      page = body(answer);
      assertThat(page.get("items")).isNotEmpty();
      seen.addAll(ids(page));
      assertThat(seen).as("pages go on").doesNotHaveDuplicates();
      query.put("after", page.path("next").asText());
    } while (page.has("next"));

    assertThat(seen).hasSize(500).doesNotHaveDuplicates();
  }

  // ---------------------------------------------------------------- the catalogue

  @Test
  void saysWhichApisAreDeclaredAndWhichAreShadows() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.declare(connection, byId(ApiExample.SHOP.toString()), byHost("api.example.com"));

    assertThat(ids(body(get(connection, APIS, Map.of("standing", "declared")))))
        .containsExactly("eu-central-1/http/b2", "eu-central-1/rest/a1");
    assertThat(ids(body(get(connection, APIS, Map.of("standing", "shadow")))))
        .containsExactly("global/distribution/E1", "us-east-2/websocket/c3");
    assertThat(body(get(connection, APIS, Map.of())).get("items").findValuesAsText("standing"))
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

    JsonNode catalog = body(get(connection, CATALOG, Map.of()));

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

    JsonNode catalog = body(get(connection, CATALOG, Map.of()));

    assertThat(catalog.has("scanId")).isFalse();
    assertThat(catalog.get("entries").findValuesAsText("standing")).containsExactly("unknown");
    assertThat(catalog.get("shadows")).isEmpty();
  }

  @Test
  void saysThatNothingWasDeclared() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertProblem(get(connection, CATALOG, Map.of()), 404, "no_catalog");
    assertProblem(get(connection, APIS, Map.of("standing", "shadow")), 404, "no_catalog");
  }

  // ---------------------------------------------------------------- changes

  @Test
  void takesTheFirstInventoryForABaseline() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode changes = body(get(connection, CHANGES, Map.of()));

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

    JsonNode changes = body(get(connection, CHANGES, Map.of()));

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

    assertThat(body(get(connection, CHANGES, Map.of())).at("/total").asInt()).isZero();
    assertThat(
            body(get(connection, CHANGES, Map.of("since", first.key().scan().value())))
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
    JsonNode first = body(get(connection, CHANGES, Map.of("limit", "2")));
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode rest =
        body(get(connection, CHANGES, Map.of("limit", "2", "after", first.at("/next").asText())));

    assertThat(first.get("changes").findValuesAsText("api"))
        .containsExactly("eu-central-1/rest/a1", "global/distribution/E1");
    assertThat(rest.get("changes").findValuesAsText("api"))
        .containsExactly("us-east-2/websocket/c3");
    assertThat(rest.at("/scanId")).isEqualTo(first.at("/scanId"));
    assertThat(rest.has("next")).isFalse();
  }

  // ---------------------------------------------------------------- OpenAPI

  @Test
  void writesOneApiAsOpenApi() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    APIGatewayV2HTTPResponse answer =
        get(connection, OPENAPI, Map.of("api", ApiExample.ORDERS.toString()));

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

    JsonNode document = body(get(connection, OPENAPI, Map.of("region", "eu-central-1")));

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
        get(connection, OPENAPI, Map.of("api", ApiExample.ORDERS.toString())), 404, "not_found");
  }

  @Test
  void asksForOneApiOrARegion() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertProblem(get(connection, OPENAPI, Map.of()), 400, "invalid_request");
    assertProblem(
        get(connection, OPENAPI, Map.of("api", ApiExample.ORDERS.toString(), "region", "global")),
        400,
        "invalid_request");
  }

  // ---------------------------------------------------------------- refusals

  @ParameterizedTest
  @ValueSource(strings = {APIS, CHANGES, OPENAPI, CATALOG})
  void hasNoApisOfTheMinimalTier(String route) throws Exception {
    Connection connection = deployment.active(acme);
    deployment.concluded(connection);

    assertProblem(get(connection, route, region(route)), 409, "tier_without_apis");
  }

  @ParameterizedTest
  @ValueSource(strings = {APIS, CHANGES, OPENAPI})
  void saysThatNoScanHasReadApis(String route) throws Exception {
    assertProblem(get(deployment.audited(acme), route, region(route)), 404, "no_inventory");
  }

  @Test
  void saysThatTheInventoryOfAScanIsNotKept() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());

    assertProblem(
        get(connection, APIS, Map.of("scan", Example.key(7).scan().value())), 404, "no_inventory");
  }

  @ParameterizedTest
  @ValueSource(strings = {APIS, CHANGES, OPENAPI, CATALOG})
  void knowsNoConnectionOfAnotherTenant(String route) throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory());
    deployment.declare(connection, byHost("api.example.com"));

    assertProblem(get(deployment.tenant(), connection, route, region(route)), 404, "not_found");
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
    APIGatewayV2HTTPResponse answer = get(deployment.audited(acme), route, Map.of(name, value));

    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(400);
    assertThat(Json.STRICT.readTree(answer.getBody()).at("/field").asText()).isEqualTo(name);
  }

  private static Map<String, String> region(String route) {
    return route.equals(OPENAPI) ? Map.of("region", "eu-central-1") : Map.of();
  }

  private static Catalog.Entry byId(String id) {
    return new Catalog.Entry(Optional.of(ApiKinds.id(id)), Optional.empty(), List.of());
  }

  private static Catalog.Entry byHost(String host, String... routes) {
    return new Catalog.Entry(Optional.empty(), Optional.of(host), List.of(routes));
  }

  private APIGatewayV2HTTPResponse get(
      Connection connection, String route, Map<String, String> query) throws Exception {
    return get(connection.tenant(), connection, route, query);
  }

  private APIGatewayV2HTTPResponse get(
      TenantId tenant, Connection connection, String route, Map<String, String> query)
      throws Exception {
    String key = "GET /connections/{connectionId}" + route;
    APIGatewayV2HTTPResponse answer = deployment.handle(event(tenant, connection, key, query));
    deployment.contract().assertAllows(key, answer);
    return answer;
  }

  private static APIGatewayV2HTTPEvent event(
      TenantId tenant, Connection connection, String key, Map<String, String> query) {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(key);
    event.setPathParameters(Map.of("connectionId", connection.id().value()));
    event.setQueryStringParameters(query);
    event.getRequestContext().getAuthorizer().getJwt().getClaims().put("sub", tenant.value());
    return event;
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) throws Exception {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
    return Json.STRICT.readTree(answer.getBody());
  }

  private static List<String> ids(JsonNode page) {
    return page.get("items").valueStream().map(api -> api.get("id").asText()).toList();
  }

  private static void assertProblem(APIGatewayV2HTTPResponse answer, int status, String code)
      throws Exception {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    assertThat(Json.STRICT.readTree(answer.getBody()).at("/code").asText()).isEqualTo(code);
  }
}
