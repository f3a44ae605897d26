package io.cloudoperator.local.backend;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.sample.apigateway.GatewayApi;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.data.Shelf;
import io.cloudoperator.sample.lambda.FunctionFacts;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of the APIs of a connection of the audit tier, from its first scan to its purge. */
final class AuditLife {
  /** As many snapshots are kept. */
  private static final int KEPT = 5;

  static final List<String> REPORTS = List.of("json", "csv", "html", "ocsf", "asff");

  private final LocalBackend backend;
  private final ApiClient api;
  private final String token;
  private final String connection;

  /**
   * @param token of its tenant
   * @param connection its path, such as {@code /connections/con-1}; its role is proven
   */
  AuditLife(LocalBackend backend, ApiClient api, String token, String connection) {
    this.backend = backend;
    this.api = api;
    this.token = token;
    this.connection = connection;
  }

  /** All but the end of it. */
  void live() throws Exception {
    declareBeforeTheFirstScan();
    scan();
    readTheBaseline();
    String before = newest().path("scanId").asText();
    List<Change> made = change(backend.sample().aws().customer());
    String scan = scan();
    readExactlyWhatChanged(before, made);
    exportAsOpenApi();
    holdAgainstTheCatalog();
    JsonNode lookedUp = api.post(connection + "/calls/lookup", Map.of());
    assertThat(lookedUp.path("verdict").asText()).as("%s", lookedUp).isEqualTo("agrees");
    for (String format : REPORTS) {
      assertThat(report(scan, format)).as(format).isEqualTo(200);
    }
    leaveOneLargeApi(backend.sample().aws().customer());
    for (int more = 0; more < KEPT - 1; more++) {
      scan();
    }
    assertThat(api.get(connection + "/history").path("snapshots")).hasSize(KEPT);
    assertThat(inventories()).hasSize(KEPT).doesNotContain(before);
    assertThat(keys("found#")).as("what regions said, of scans that are over").isEmpty();
  }

  /** After its data was deleted. */
  void assertNothingIsLeft() {
    assertThat(keys("")).isEmpty();
  }

  private void declareBeforeTheFirstScan() throws Exception {
    declare(Map.of("host", "api.example.com"));
    assertThat(api.get(connection + "/apis/catalog").at("/entries/0/standing").asText())
        .isEqualTo("unknown");
    for (String route : List.of("/apis", "/apis/changes", "/apis/openapi?region=global")) {
      assertThatThrownBy(() -> api.get(connection + route))
          .isInstanceOfSatisfying(
              ApiException.class, none -> assertThat(none.code()).isEqualTo("no_inventory"));
    }
  }

  private void declare(Map<String, String> entry) throws Exception {
    api.put(connection + "/apis/catalog", Map.of("entries", List.of(entry)));
  }

  private String scan() throws Exception {
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    assertThat(api.get(connection + "/scans/" + scan).path("status").asText())
        .isEqualTo("concluded");
    return scan;
  }

  private JsonNode newest() throws Exception {
    return api.get(connection + "/apis?limit=500");
  }

  private void readTheBaseline() throws Exception {
    JsonNode apis = newest();
    assertThat(apis.at("/summary/unread")).isEmpty();
    assertThat(apis.path("items")).hasSize(backend.sample().aws().customer().apis());
    JsonNode changes = api.get(connection + "/apis/changes");
    assertThat(changes.path("baseline").asBoolean()).isTrue();
    assertThat(changes.path("changes")).isEmpty();
  }

  /** What an owner sees of a change: of an API, or of its route. */
  private record Change(String change, String api, String route) {
    static Change of(JsonNode change) {
      return new Change(
          change.path("change").asText(),
          change.path("api").asText(),
          change.path("route").asText());
    }
  }

  /** What the owner does between two scans. */
  private static List<Change> change(SampleAccount account) {
    Shelf<GatewayApi> apis = account.all(GatewayApi.class);
    GatewayApi opened = apis.all().getFirst();
    GatewayApi.Route route =
        opened.routes().stream()
            .filter(each -> !each.authorization().equals("NONE"))
            .findFirst()
            .orElseThrow();
    GatewayApi.Route gone = opened.routes().getLast();
    apis.put(opened.with(route.open()).without(gone.key()).deployed(Instant.now()));
    GatewayApi deleted =
        apis.all().reversed().stream()
            .filter(each -> each.kind() == GatewayApi.Kind.WEBSOCKET)
            .findFirst()
            .orElseThrow();
    apis.remove(deleted);
    account
        .all(FunctionFacts.class)
        .put(
            new FunctionFacts(
                opened.region(),
                "brand-new",
                "java25",
                Instant.now(),
                Map.of(),
                List.of(
                    new FunctionFacts.Url(
                        Optional.empty(),
                        "brandnew.lambda-url." + opened.region() + ".on.aws",
                        "NONE",
                        Optional.empty(),
                        Instant.now()))));
    return List.of(
        // When it was deployed.
        new Change("changed", opened.region() + "/rest/" + opened.id(), ""),
        new Change("changed", opened.region() + "/rest/" + opened.id(), route.key()),
        new Change("removed", opened.region() + "/rest/" + opened.id(), gone.key()),
        new Change("removed", deleted.region() + "/websocket/" + deleted.id(), ""),
        new Change("added", opened.region() + "/function_url/brand-new", ""));
  }

  /**
   * Scans that only displace older ones need not wait for the pace of reading many APIs. The one
   * that is left has so many routes that its region is not gathered with others, but has items of
   * its own.
   */
  private static void leaveOneLargeApi(SampleAccount account) {
    Shelf<GatewayApi> apis = account.all(GatewayApi.class);
    GatewayApi left =
        apis.all().stream()
            .filter(each -> each.kind() == GatewayApi.Kind.HTTP)
            .findFirst()
            .orElseThrow();
    apis.all().stream().filter(each -> !each.id().equals(left.id())).forEach(apis::remove);
    GatewayApi large = left;
    for (int route = 0; route < 300; route++) {
      String path = "/" + UUID.nameUUIDFromBytes(new byte[] {(byte) route, (byte) (route >> 8)});
      large =
          large.with(
              new GatewayApi.Route(
                  "r" + route,
                  "GET " + path,
                  "NONE",
                  Optional.empty(),
                  false,
                  GatewayApi.Backend.LAMBDA));
    }
    apis.put(large.deployed(Instant.now()));
  }

  private void readExactlyWhatChanged(String before, List<Change> made) throws Exception {
    JsonNode changes = api.get(connection + "/apis/changes");

    assertThat(changes.path("since").asText()).isEqualTo(before);
    assertThat(changes.path("notCompared")).isEmpty();
    assertThat(stream(changes.path("changes")).map(Change::of))
        .containsExactlyInAnyOrderElementsOf(made);
  }

  private void exportAsOpenApi() throws Exception {
    String id = newest().at("/items/0/id").asText();
    assertThat(api.get(connection + "/apis/openapi?api=" + id).path("openapi").asText())
        .startsWith("3.1");
  }

  private void holdAgainstTheCatalog() throws Exception {
    declare(Map.of("id", newest().at("/items/0/id").asText()));
    assertThat(api.get(connection + "/apis/catalog").at("/entries/0/standing").asText())
        .isEqualTo("declared");
  }

  private int report(String scan, String format) throws Exception {
    return status(backend, token, connection + "/scans/" + scan + "/report?format=" + format);
  }

  /** That of a GET whose answer need not be JSON. */
  static int status(LocalBackend backend, String token, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(backend.url().resolve(path))
                  .header("authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** The scans of which an inventory is kept. */
  private Set<String> inventories() {
    return keys("apis#").stream().map(key -> key.split("#", -1)[1]).collect(toSet());
  }

  /** The sort keys of all that is kept of the connection's scans. */
  private Set<String> keys(String prefix) {
    String id = connection.substring(connection.lastIndexOf('/') + 1);
    return backend
        .database()
        .client()
        .scanPaginator(scan -> scan.tableName(backend.table("ScansTable")).consistentRead(true))
        .items()
        .stream()
        .filter(item -> text(item, "pk").endsWith("#" + id))
        .map(item -> text(item, "sk"))
        .filter(key -> key.startsWith(prefix))
        .collect(toSet());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return item.getOrDefault(name, AttributeValue.fromS("")).s();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), /* parallel= */ false);
  }
}
