package io.cloudoperator.query;

import static io.cloudoperator.query.ApiRequests.APIS;
import static io.cloudoperator.query.ApiRequests.body;
import static io.cloudoperator.query.ApiRequests.event;
import static io.cloudoperator.query.ApiRequests.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.scan.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Deployment.Extension.class)
class ApiRoutesTest {
  private final Deployment deployment;
  private final ApiRequests requests;
  private final TenantId acme;

  ApiRoutesTest(Deployment deployment) {
    this.deployment = deployment;
    this.requests = new ApiRequests(deployment);
    this.acme = deployment.tenant();
  }

  @Test
  void showsTheNewestInventory() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory(ApiExample.shop()));
    Run newest = deployment.concluded(connection, ApiExample.inventory());

    JsonNode page = body(requests.get(connection, APIS, Map.of()));

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

    assertThat(body(requests.get(connection, APIS, Map.of())).at("/summary/unread").toString())
        .isEqualTo(
            "[{\"region\":\"us-east-2\",\"service\":\"function_urls\","
                + "\"reason\":\"denied_by_scp\",\"code\":\"AccessDeniedException\"}]");
  }

  @Test
  void showsAnApiWithItsEntrancesRoutesAndFlags() throws Exception {
    Connection connection = deployment.audited(acme);
    deployment.concluded(connection, ApiExample.inventory(ApiExample.orders()));

    JsonNode api = body(requests.get(connection, APIS, Map.of())).at("/items/0");

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

    assertThat(
            body(requests.get(connection, APIS, Map.of())).at("/items/0/entrances/0/url").asText())
        .isEqualTo("wss://c3.execute-api.us-east-2.amazonaws.com/prod");
  }

  @Test
  void showsTheInventoryOfAnEarlierScan() throws Exception {
    Connection connection = deployment.audited(acme);
    Run earlier = deployment.concluded(connection, ApiExample.inventory(ApiExample.shop()));
    deployment.concluded(connection, ApiExample.inventory());

    JsonNode page =
        body(requests.get(connection, APIS, Map.of("scan", earlier.key().scan().value())));

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

    JsonNode page = body(requests.get(connection, APIS, Map.of(name, value)));

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
                    requests.get(
                        connection,
                        APIS,
                        Map.of("exposure", "public", "authorization", "lambda")))))
        .containsExactly("us-east-2/websocket/c3");
    assertThat(
            ids(
                body(
                    requests.get(
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
      page = body(requests.get(connection, APIS, query));
      assertThat(page.get("items")).hasSizeBetween(1, limit);
      assertThat(page.at("/matching").asInt()).isEqualTo(4);
      seen.addAll(ids(page));
      assertThat(seen).as("pages go on").doesNotHaveDuplicates();
      query.put("after", page.path("next").asText());
    } while (page.has("next"));

    assertThat(seen).isEqualTo(ids(body(requests.get(connection, APIS, Map.of()))));
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
}
