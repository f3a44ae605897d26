package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.domain;
import static io.cloudoperator.service.Facts.functionUrl;
import static io.cloudoperator.service.Facts.graphql;
import static io.cloudoperator.service.Facts.http;
import static io.cloudoperator.service.Facts.keyed;
import static io.cloudoperator.service.Facts.loadBalancer;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.plain;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.route;
import static io.cloudoperator.service.Facts.withoutDefaultEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.service.Facts;
import io.cloudoperator.service.apigateway.HttpApi;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import io.cloudoperator.service.apigateway.RestApi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenApiDocumentTest {
  private static final String GATEWAY = "/a1.execute-api.eu-west-1.amazonaws.com/prod";

  @Test
  void saysOneApiWithItsOwnPathsAndItsEntrancesForServers() {
    JsonNode document =
        document(
            account()
                .with(rest(method("GET", "/orders/{id}", "NONE")))
                .with(domain("a1", "v1", "prod")));

    assertThat(document.at("/openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.at("/info/title").asText()).isEqualTo("Ireland");
    assertThat(document.get("servers"))
        .extracting(server -> server.get("url").asText())
        .containsExactly(
            "https://a1.execute-api.eu-west-1.amazonaws.com/prod", "https://api.example.com/v1");
    assertThat(document.get("servers"))
        .extracting(server -> server.get("description").asText())
        .containsExactly("default endpoint, stage prod", "custom domain, stage prod");
    assertThat(names(document.get("paths"))).containsExactly("/orders/{id}");
    assertThat(document.at("/paths/~1orders~1{id}/get/x-cloudoperator-exposure").asText())
        .isEqualTo("public");
  }

  @Test
  void saysOfAnApiWhereItAnswersAndWhatIsWrongWithIt() {
    JsonNode apis =
        document(
                account()
                    .with(rest(method("GET", "/orders", "NONE")))
                    .with(domain("a1", "v1", "prod")))
            .get("x-cloudoperator-apis");

    assertThat(apis.toString())
        .isEqualTo(
            """
            [{"id":"eu-west-1/rest/a1","name":"orders","exposure":"public","addresses":\
            ["https://a1.execute-api.eu-west-1.amazonaws.com/prod","https://api.example.com/v1"],\
            "flags":{"routes_without_authorization":1,"default_endpoint_on":1}}]\
            """);
  }

  @Test
  void saysWhatIsSentToAnApiOfOneRouteForAll() {
    assertThat(
            document(account().with(graphql(false, "API_KEY")))
                .at("/paths/~1graphql/post/requestBody/content/application~1json/schema/type")
                .asText())
        .isEqualTo("object");
    assertThat(
            document(account().with(rest(method("POST", "/orders", "NONE"))))
                .at("/paths/~1orders/post")
                .has("requestBody"))
        .isFalse();
  }

  @Test
  void leavesOutARouteOfWhichAnotherHasThePathAndAllMethods() {
    assertThat(
            document(
                    account()
                        .withHttp(
                            http(
                                Protocol.HTTP,
                                route("GET /a/{id}", "NONE"),
                                route("GET /a/{name}", "JWT"))))
                .at("/x-cloudoperator-left-out/0/why")
                .asText())
        .isEqualTo("another route has its path and its methods");
    assertThat(
            document(
                    account()
                        .withHttp(
                            http(
                                Protocol.HTTP,
                                route("GET /a/{first+}", "NONE"),
                                route("ANY /a/{second+}", "JWT"))))
                .has("x-cloudoperator-left-out"))
        .isFalse();
  }

  @Test
  void keepsTheSamePathOfTwoApisApart() {
    JsonNode document =
        document(
            account()
                .with(
                    rest(method("GET", "/orders", "NONE")),
                    called("a2", rest(method("GET", "/orders", "AWS_IAM"))))
                .with(domain("a2", "v2", "prod")));

    assertThat(document.at("/servers/0/url").asText() + first(names(document.get("paths"))))
        .as("a path is appended to the server's URL")
        .isEqualTo("https://a1.execute-api.eu-west-1.amazonaws.com/prod/orders");
    assertThat(names(document.get("paths")))
        .containsExactly(GATEWAY + "/orders", "/api.example.com/v2/orders");
  }

  @Test
  void writesAGreedyPathAsATemplateWithADeclaredVariable() {
    JsonNode item =
        document(account().with(rest(method("GET", "/files/{proxy+}", "NONE"))))
            .at("/paths/~1files~1{proxy}");

    assertThat(item.at("/parameters/0/name").asText()).isEqualTo("proxy");
    assertThat(item.at("/parameters/0/required").asBoolean()).isTrue();
    assertThat(item.at("/parameters/0/x-cloudoperator-greedy").asBoolean()).isTrue();
  }

  @Test
  void writesAnyAsTheMethodsThatNoOtherRouteTakes() {
    JsonNode item =
        document(account().with(rest(method("ANY", "/a", "NONE"), method("GET", "/a", "AWS_IAM"))))
            .at("/paths/~1a");

    assertThat(names(item))
        .containsExactlyInAnyOrder("get", "put", "post", "delete", "options", "head", "patch");
    assertThat(item.at("/get/x-cloudoperator-route").asText()).isEqualTo("GET /a");
    assertThat(item.at("/put/x-cloudoperator-route").asText()).isEqualTo("ANY /a");
  }

  @Test
  void joinsTemplatesThatDifferInTheirVariablesNamesAlone() {
    JsonNode paths =
        document(
                account()
                    .withHttp(
                        http(
                            Protocol.HTTP,
                            route("GET /a/{id}", "NONE"),
                            route("PUT /a/{name}", "NONE"))))
            .get("paths");

    assertThat(names(paths)).containsExactly("/a/{id}");
    assertThat(names(paths.get("/a/{id}"))).contains("get", "put");
  }

  @Test
  void saysWhatARestOfAPathTakesBesideASegment() {
    JsonNode document =
        document(
            account()
                .with(
                    rest(method("PUT", "/a/{first+}", "NONE"), method("GET", "/a/{id}", "NONE"))));
    JsonNode item = document.at("/paths/~1a~1{id}");

    assertThat(item.at("/parameters/0").has("x-cloudoperator-greedy")).isFalse();
    assertThat(item.at("/get").has("parameters")).isFalse();
    assertThat(item.at("/put/parameters/0/name").asText()).isEqualTo("id");
    assertThat(item.at("/put/parameters/0/x-cloudoperator-greedy").asBoolean()).isTrue();
    assertThat(document.has("x-cloudoperator-left-out")).isFalse();
  }

  @Test
  void saysWhatOfARestOfAPathItCannotSay() {
    JsonNode document =
        document(
            account()
                .withHttp(
                    http(Protocol.HTTP, route("GET /{id}", "NONE"), route("$default", "NONE"))));

    assertThat(names(document.get("paths"))).containsExactly("/{id}");
    assertThat(document.at("/paths/~1{id}/get/x-cloudoperator-route").asText())
        .isEqualTo("GET /{id}");
    assertThat(document.at("/paths/~1{id}/put/x-cloudoperator-route").asText())
        .isEqualTo("ANY $default");
    assertThat(document.at("/x-cloudoperator-left-out/0/route").asText()).isEqualTo("ANY $default");
    assertThat(document.at("/x-cloudoperator-left-out/0/why").asText())
        .isEqualTo("OpenAPI takes /{id} for one path with it: of longer ones, get is not said");
  }

  @Test
  void leavesNoPathBehindForAMethodThatOpenApiDoesNotHave() {
    JsonNode document = document(account().with(rest(method("PURGE", "/cache", "NONE"))));

    assertThat(names(document.get("paths"))).isEmpty();
    assertThat(document.at("/x-cloudoperator-left-out/0/route").asText()).isEqualTo("PURGE /cache");
    assertThat(document.at("/x-cloudoperator-left-out/0/why").asText())
        .isEqualTo("OpenAPI has no words for its method");
  }

  @Test
  void givesEachVariableOfAPathAnotherName() {
    JsonNode paths =
        document(account().with(rest(method("GET", "/a/{id}/b/{id}/c/{id}", "NONE")))).get("paths");

    assertThat(names(paths)).containsExactly("/a/{id}/b/{id2}/c/{id3}");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_IAM, apiKey, awsSigv4",
    "CUSTOM, apiKey, custom",
    "COGNITO_USER_POOLS, apiKey, cognito_user_pools"
  })
  void saysWhatACallerMustShow(String aws, String type, String authtype) {
    JsonNode document = document(account().with(rest(method("GET", "/a", aws))));
    String name = first(names(document.at("/paths/~1a/get/security/0")));

    JsonNode scheme = document.at("/components/securitySchemes").get(name);
    assertThat(scheme.get("type").asText()).isEqualTo(type);
    assertThat(scheme.get("x-amazon-apigateway-authtype").asText()).isEqualTo(authtype);
  }

  @Test
  void saysThatNothingIsAsked() {
    JsonNode security =
        document(account().with(rest(method("GET", "/a", "NONE")))).at("/paths/~1a/get/security");

    assertThat(security.isArray()).isTrue();
    assertThat(security).isEmpty();
  }

  @Test
  void asksForAKeyBesideTheRest() {
    RestApi.Method both =
        new RestApi.Method("GET", "/a", "AWS_IAM", Optional.empty(), true, Integration.LAMBDA);

    JsonNode document = document(account().with(rest(both, keyed("PUT", "/a"))));

    assertThat(names(document.at("/paths/~1a/get/security/0")))
        .containsExactlyInAnyOrder("iam", "api_key");
    assertThat(names(document.at("/paths/~1a/put/security/0"))).containsExactly("api_key");
  }

  @Test
  void namesTheIssuerOfTokens() {
    HttpApi.Route guarded =
        new HttpApi.Route("GET /a", "JWT", Optional.of("j1"), false, Integration.LAMBDA);

    JsonNode document = document(account().withHttp(http(Protocol.HTTP, guarded)));

    assertThat(names(document.at("/paths/~1a/get/security/0")))
        .as("an authorizer's name says something in its API alone")
        .containsExactly("jwt.eu-west-1_http_h1.people");
    assertThat(document.at("/components/securitySchemes").iterator().next().toString())
        .isEqualTo(
            """
            {"type":"openIdConnect","openIdConnectUrl":\
            "https://login.example.com/.well-known/openid-configuration"}\
            """);
  }

  @Test
  void leavesOutWhatOpenApiCannotSayAndTellsWhy() {
    JsonNode document =
        document(
            account()
                .with(loadBalancer(true, plain(true)))
                .withHttp(http(Protocol.WEBSOCKET, route("$connect", "NONE"))));

    assertThat(document.get("paths")).isEmpty();
    assertThat(document.at("/x-cloudoperator-left-out"))
        .extracting(note -> note.get("api").asText() + ": " + note.get("why").asText())
        .containsExactly(
            "eu-west-1/load_balancer/app/web/50dc6c495c0c9188: its routes are not read",
            "eu-west-1/websocket/h1: OpenAPI has no words for WebSocket routes");
  }

  @Test
  void leavesOutAmongOthersAnApiToWhichNoWayLeads() {
    RestApi closed = called("a2", withoutDefaultEndpoint(rest(method("GET", "/a", "NONE"))));

    assertThat(
            document(account().with(rest(method("GET", "/a", "NONE")), closed))
                .at("/x-cloudoperator-left-out/0/why")
                .asText())
        .isEqualTo("no open way leads to it");
    assertThat(names(document(account().with(closed)).get("paths")))
        .as("alone it needs no host")
        .containsExactly("/a");
  }

  @Test
  void declaresEveryVariableAndEverySchemeOfALargeDocument() {
    JsonNode document = document(everyKind());
    Pattern variable = Pattern.compile("\\{([^}]*)\\}");
    Set<String> shapes = new HashSet<>();

    assertThat(document.get("paths").properties())
        .hasSizeGreaterThan(5)
        .allSatisfy(path -> {
          assertThat(path.getKey()).startsWith("/").doesNotContain("+").doesNotContain("$");
          assertThat(shapes.add(variable.matcher(path.getKey()).replaceAll("{}"))).isTrue();
          List<String> used = new ArrayList<>();
          Matcher matcher = variable.matcher(path.getKey());
          while (matcher.find()) {
            used.add(matcher.group(1));
          }
          assertThat(path.getValue().path("parameters"))
              .extracting(parameter -> parameter.get("name").asText())
              .containsExactlyElementsOf(used);
          path.getValue()
              .properties()
              .forEach(field ->
                  field
                      .getValue()
                      .path("security")
                      .forEach(scheme ->
                          assertThat(names(document.at("/components/securitySchemes")))
                              .containsAll(names(scheme))));
        });
  }

  private static Facts.Account everyKind() {
    return account()
        .with(
            rest(
                method("GET", "/orders/{id}", "NONE"),
                method("ANY", "/files/{proxy+}", "AWS_IAM"),
                keyed("POST", "/orders"),
                method("DELETE", "/orders/{id}", "CUSTOM"),
                method("PUT", "/orders/{id}", "SOMETHING_NEW"),
                method("PATCH", "/orders/{id}", "COGNITO_USER_POOLS")),
            called("a2", rest(method("GET", "/orders/{id}", "NONE"))))
        .withHttp(
            http(
                Protocol.HTTP,
                route("GET /pets/{id}", "JWT"),
                route("PUT /pets/{name}", "JWT"),
                route("ANY /{proxy+}", "NONE"),
                route("$default", "NONE")))
        .with(functionUrl("NONE"))
        .with(graphql(false, "API_KEY"))
        .with(loadBalancer(true, plain(false)))
        .with(domain("a1", "v1", "prod"));
  }

  private static JsonNode document(Facts.Account account) {
    return new ObjectMapper()
        .valueToTree(OpenApiDocument.of("Ireland", account.inventory().apis()));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String first(List<String> names) {
    return names.getFirst();
  }
}
