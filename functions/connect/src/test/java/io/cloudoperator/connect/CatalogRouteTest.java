package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.json.Json;
import io.cloudoperator.service.ApiKinds;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit tier over HTTP: its connections, and the catalogue of their APIs. */
class CatalogRouteTest extends ConnectStage {
  private static final String NONE = "{\"entries\":[]}";

  @Test
  void createsAConnectionOfTheAuditTierAndSaysHowToGrantItsRole() {
    Answer created = createOf("audit");

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.at("/tier")).isEqualTo("audit");
    assertThat(created.at("/role/managedPolicies/0"))
        .isEqualTo("arn:aws:iam::aws:policy/SecurityAudit");
    assertThat(created.at("/role/permissionsBoundary"))
        .isEqualTo("arn:aws:iam::aws:policy/ReadOnlyAccess");
    assertThat(created.at("/role/permissionPolicy/Statement/0/Action/0"))
        .isEqualTo("apigateway:GET");
    assertThat(created.at("/role/trustPolicy/Statement/0/Condition/StringEquals/sts:ExternalId"))
        .isEqualTo(created.at("/externalId"));
  }

  @Test
  void keepsWhatTheOwnerDeclares() {
    String id = active("audit");

    Answer declared =
        declare(
            id,
            "{\"entries\":[{\"id\":\"eu-central-1/rest/a1\"},"
                + "{\"host\":\"API.example.com\",\"routes\":[\"GET /orders/{id}\",\"$connect\"]}]}");

    assertThat(declared.status()).as(declared.text()).isEqualTo(200);
    assertThat(declared.text())
        .isEqualTo("{\"declaredAt\":\"2076-11-22T12:00:00Z\",\"entries\":2,\"routes\":2}");
    assertThat(catalog(id))
        .contains(
            new Catalog(
                List.of(
                    new Catalog.Entry(
                        Optional.of(ApiKinds.id("eu-central-1/rest/a1")),
                        Optional.empty(),
                        List.of()),
                    new Catalog.Entry(
                        Optional.empty(),
                        Optional.of("api.example.com"),
                        List.of("GET /orders/{id}", "$connect"))),
                time.instant()));
  }

  @Test
  void putsACatalogueInPlaceOfTheOneBefore() {
    String id = active("audit");
    declare(id, "{\"entries\":[{\"host\":\"api.example.com\"}]}");

    assertThat(declare(id, NONE).status()).isEqualTo(200);

    assertThat(catalog(id).orElseThrow().entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                              | entries              | missing",
        "{\"entries\":[{}]}                              | entries[0]           | either an id or a host",
        "{\"entries\":[{\"id\":\"a/rest/b\",\"host\":\"c\"}]} | entries[0]        | either an id or a host",
        "{\"entries\":[{\"id\":\"a1b2c3\"}]}             | entries[0].id        | eu-west-1/rest/a1b2c3",
        "{\"entries\":[{\"id\":\"a/soap/b\"}]}           | entries[0].id        | eu-west-1/rest/a1b2c3",
        "{\"entries\":[{\"host\":\"https://a.b/c\"}]}    | entries[0].host      | without a scheme or a path",
        "{\"entries\":[{\"host\":\"a.b\",\"routes\":[\" \"]}]} | entries[0].routes[0] | A route reads like",
        "{\"entries\":[{\"host\":\"a.b\",\"routes\":[\"a\\u0000\"]}]} | entries[0].routes[0] | A route reads like",
        "{\"entries\":[{\"host\":\"a.b\",\"note\":1}]}   | entries[0].note      | no such member",
        "{\"entries\":[{\"host\":\"a.b\"},{\"host\":\"A.B\"}]} | entries[1]      | declared twice",
      })
  void namesTheEntryAtFaultAndKeepsNothing(String body, String field, String detail) {
    String id = active("audit");

    Answer refused = declare(id, body);

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.at("/code")).isEqualTo("invalid_request");
    assertThat(refused.at("/field")).isEqualTo(field);
    assertThat(refused.at("/detail")).contains(detail);
    assertThat(catalog(id)).isEmpty();
  }

  @Test
  void takesFiveThousandApisAndNoMore() {
    String id = active("audit");

    assertThat(declare(id, hosts(5_000)).at("/entries")).isEqualTo("5000");
    assertThat(declare(id, hosts(5_001)).at("/field")).isEqualTo("entries");
  }

  @Test
  void takesFiveHundredApisOfFiftyRoutes() {
    String id = active("audit");
    List<Map<String, Object>> entries =
        IntStream.range(0, 500)
            .<Map<String, Object>>mapToObj(i ->
                Map.of(
                    "id",
                    "eu-central-1/rest/a" + i,
                    "routes",
                    IntStream.range(0, 50)
                        .mapToObj(route -> "GET /resource" + i + "/things" + route + "/{id}")
                        .toList()))
            .toList();

    assertThat(declare(id, Json.write(Map.of("entries", entries))).at("/routes"))
        .isEqualTo("25000");
  }

  @Test
  void refusesABodyThatIsTooLargeAndSaysHowLargeItMayBe() {
    String id = active("audit");

    Answer refused = declare(id, NONE + " ".repeat(DeclareCatalog.LARGEST));

    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.at("/detail")).contains("2097152 bytes");
  }

  @Test
  void refusesACatalogueThatIsMoreThanCanBeKept() {
    String id = active("audit");
    byte[] noise = new byte[450_000];
    new SecureRandom().nextBytes(noise);
    StringBuilder routes = new StringBuilder();
    String text = HexFormat.of().formatHex(noise);
    for (int from = 0; from < text.length(); from += 1_000) {
      routes.append(routes.isEmpty() ? "" : ",").append('"');
      routes.append(text, from, Math.min(from + 1_000, text.length())).append('"');
    }

    Answer refused = declare(id, "{\"entries\":[{\"host\":\"a.b\",\"routes\":[" + routes + "]}]}");

    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.at("/code")).isEqualTo("catalog_too_large");
    assertThat(catalog(id)).isEmpty();
  }

  @Test
  void refusesRoutesOfOneApiThatNoAnswerCouldShow() {
    String id = active("audit");

    Answer many = declare(id, ofOneApi(1_001, "GET /"));
    Answer large = declare(id, ofOneApi(1_000, "\"".repeat(600)));

    assertThat(many.status()).isEqualTo(400);
    assertThat(many.at("/field")).isEqualTo("entries[0].routes");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.at("/code")).isEqualTo("catalog_too_large");
    assertThat(catalog(id)).isEmpty();
    assertThat(declare(id, ofOneApi(1_000, "\"".repeat(590))).status()).isEqualTo(200);
  }

  private static String ofOneApi(int routes, String route) {
    return Json.write(
        Map.of(
            "entries",
            List.of(
                Map.of(
                    "host",
                    "a.b",
                    "routes",
                    IntStream.range(0, routes).mapToObj(i -> route + i).toList()))));
  }

  @Test
  void hasNoCatalogueForAConnectionThatReadsNoApis() {
    Answer refused = declare(active("minimal"), NONE);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("tier_without_apis");
    assertThat(refused.at("/detail")).contains("\"tier\": \"audit\"");
  }

  /** It would be forgotten without a purge, and its catalogue would stay. */
  @Test
  void keepsNoCatalogueBeforeTheRoleIsProven() {
    Answer refused = declare(createOf("audit").at("/id"), NONE);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("connection_not_active");
  }

  @Test
  void deletesTheCatalogueWithTheResultsAndKeepsNoOtherAfterADisconnect() {
    String id = active("audit");
    declare(id, NONE);

    assertThat(api.delete("/connections/" + id + "/data").body().at("/receipt/deleted").toString())
        .contains("{\"what\":\"catalogs\",\"count\":1}");
    assertThat(catalog(id)).isEmpty();
    api.delete("/connections/" + id);

    Answer refused = declare(id, NONE);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("connection_disconnected");
  }

  @Test
  void knowsNoConnectionOfAnotherTenant() {
    String id = active("audit");

    assertThat(api.as("other").put("/connections/" + id + "/apis/catalog", NONE).status())
        .isEqualTo(404);
    assertThat(declare(STRANGER, NONE).status()).isEqualTo(404);
    assertThat(catalog(id)).isEmpty();
  }

  private Answer declare(String id, String body) {
    return api.put("/connections/" + id + "/apis/catalog", body);
  }

  private Optional<Catalog> catalog(String id) {
    return apis.catalog(new TenantId(tenant), new ConnectionId(id));
  }

  private static String hosts(int count) {
    return Json.write(
        Map.of(
            "entries",
            IntStream.range(0, count)
                .mapToObj(i -> Map.of("host", "api" + i + ".example.com"))
                .toList()));
  }
}
