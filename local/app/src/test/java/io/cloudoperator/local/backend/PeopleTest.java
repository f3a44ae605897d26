package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.sample.SampleConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The deployment as it is with its own user pool, to which people sign in. */
class PeopleTest {
  private static final Set<String> ALL =
      Set.of("openid", "cloudoperator/read", "cloudoperator/write", "cloudoperator/delete");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static LocalBackend backend;

  @BeforeAll
  static void start() throws Exception {
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.empty(),
                new CustomerSide.Sample(SampleConfig.defaults().withInstances(0), Set.of()),
                Map.of("JwtIssuer", "", "ConsoleUrl", "https://console.example.com")));
  }

  @AfterAll
  static void stop() {
    backend.close();
    HTTP.close();
  }

  @Test
  void belongToTheTenantThatTheirOneGroupNames() throws Exception {
    String created = id(ask("POST", "/connections", person(Duration.ZERO, "staff", "tenant:one")));

    assertThat(connections(person(Duration.ZERO, "tenant:one"))).contains(created);
    assertThat(connections(backend.token("one"))).as("a machine of it").contains(created);
    assertThat(connections(person(Duration.ZERO, "tenant:two"))).isEmpty();
  }

  @Test
  void areRefusedWithoutATenantOrWithSeveral() throws Exception {
    assertProblem(ask("GET", "/connections", person(Duration.ZERO)), 403, "no_tenant");
    assertProblem(ask("GET", "/connections", person(Duration.ZERO, "staff")), 403, "no_tenant");
    assertProblem(
        ask("GET", "/connections", person(Duration.ZERO, "tenant:one", "tenant:two")),
        403,
        "no_tenant");
    assertProblem(
        ask("GET", "/connections", person(Duration.ZERO, "tenant:one", "[tenant:two]")),
        403,
        "no_tenant");
  }

  @Test
  void deleteWithinTenMinutesOfTheirSignInOnly() throws Exception {
    String connection =
        "/connections/" + id(ask("POST", "/connections", person(Duration.ZERO, "tenant:three")));
    String early = person(Duration.ofMinutes(11), "tenant:three");

    for (String path : List.of(connection, connection + "/data", "/tenant")) {
      assertProblem(ask("DELETE", path, early), 403, "sign_in_again");
    }
    assertThat(ask("GET", connection, early).statusCode()).as("nothing was deleted").isEqualTo(200);
    assertThat(
            ask("DELETE", connection, person(Duration.ofMinutes(9), "tenant:three")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void doNotDeleteWithATokenThatDoesNotSayWhenTheySignedIn() throws Exception {
    String token =
        backend.token(
            "jo", ALL, Map.of("username", "jo", "cognito:groups", List.of("tenant:four")));

    assertProblem(ask("DELETE", "/tenant", token), 403, "sign_in_again");
  }

  @Test
  void areNotAskedOfAMachine() throws Exception {
    assertThat(ask("DELETE", "/tenant", backend.token("five")).statusCode()).isEqualTo(200);
  }

  @Test
  void needTheScopeToDelete() throws Exception {
    String writer = backend.token("six", Set.of("cloudoperator/write"), Map.of());
    String id = id(ask("POST", "/connections", writer));

    for (String path : List.of("/connections/" + id, "/connections/" + id + "/data", "/tenant")) {
      assertThat(ask("DELETE", path, writer).statusCode()).isEqualTo(403);
    }
    assertThat(ask("GET", "/connections/" + id, backend.token("six")).statusCode()).isEqualTo(200);
  }

  @Test
  void areToldWhereToSignIn() throws Exception {
    HttpResponse<String> settings = ask("GET", "/console/settings", "");
    JsonNode signIn = Json.STRICT.readTree(settings.body()).path("signIn");

    assertThat(signIn.path("issuer").asText()).isEqualTo(backend.deployment().issuer());
    assertThat(signIn.path("authorizationEndpoint").asText())
        .startsWith("https://")
        .endsWith(".amazoncognito.com/oauth2/authorize");
    assertThat(signIn.path("scope").asText()).contains("cloudoperator/delete");
    assertThat(settings.headers().firstValue("content-security-policy").orElseThrow())
        .contains("connect-src 'self' https://")
        .contains(".amazoncognito.com/;");
  }

  /** What the user pool's token says of a person who signed in so long ago. */
  private static String person(Duration ago, String... groups) {
    return backend.token(
        "00000000-0000-4000-8000-000000000000",
        ALL,
        Map.of(
            "username",
            "jo",
            "token_use",
            "access",
            "cognito:groups",
            List.of(groups),
            "auth_time",
            Instant.now().minus(ago).getEpochSecond()));
  }

  private static String connections(String token) throws Exception {
    JsonNode list = Json.STRICT.readTree(ask("GET", "/connections", token).body());
    return String.join(" ", list.path("connections").findValuesAsText("id"));
  }

  private static String id(HttpResponse<String> created) throws IOException {
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return Json.STRICT.readTree(created.body()).path("id").asText();
  }

  private static HttpResponse<String> ask(String method, String path, String token)
      throws Exception {
    HttpRequest.BodyPublisher body =
        method.equals("POST")
            ? HttpRequest.BodyPublishers.ofString("{\"name\":\"test\"}")
            : HttpRequest.BodyPublishers.noBody();
    return HTTP.send(
        HttpRequest.newBuilder(backend.url().resolve(path))
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .method(method, body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Json.STRICT.readTree(answer.body()).path("code").asText()).isEqualTo(code);
  }
}
