package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each route takes the parameters of the query string that openapi.yaml says, and refuses others:
 * nobody may believe that {@code DELETE /tenant?dryRun=true} deletes nothing.
 */
@ExtendWith(SharedBackend.Extension.class)
class QueryParametersTest {
  private final SharedBackend shared;

  QueryParametersTest(SharedBackend shared) {
    this.shared = shared;
  }

  /** An operation of the contract. */
  record Route(String method, String path, Set<String> parameters) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Route> routes() throws IOException {
    JsonNode contract;
    try (var source = Files.newBufferedReader(Repository.file("openapi.yaml"))) {
      contract = TemplateYaml.read(source);
    }
    return contract
        .path("paths")
        .propertyStream()
        .flatMap(path ->
            path.getValue()
                .propertyStream()
                .filter(operation -> !operation.getKey().equals("parameters"))
                .map(operation ->
                    new Route(
                        operation.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        parameters(contract, operation.getValue().path("parameters")))));
  }

  private static Set<String> parameters(JsonNode contract, JsonNode declared) {
    Set<String> names = new TreeSet<>();
    for (JsonNode each : declared) {
      JsonNode parameter =
          each.has("$ref") ? contract.at(each.path("$ref").asText().substring(1)) : each;
      if (parameter.path("in").asText().equals("query")) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("routes")
  void takesThoseOfTheContractAndRefusesOthers(Route route) throws Exception {
    JsonNode problem = asked(route, "dryRun=true");

    assertThat(problem.path("status").asInt()).isEqualTo(400);
    assertThat(problem.at("/field").asText()).isEqualTo("dryRun");
    assertThat(problem.at("/detail").asText())
        .isEqualTo(
            route.parameters.isEmpty()
                ? "There is no such parameter; this route takes none."
                : "There is no such parameter; it is one of "
                    + String.join(", ", route.parameters)
                    + ".");
  }

  private JsonNode asked(Route route, String query) throws Exception {
    URI url =
        shared
            .backend()
            .url()
            .resolve(
                route
                        .path
                        .replace("{connectionId}", "con-" + "0".repeat(32))
                        .replace("{scanId}", "01a228b4-d9b3-71d1-8352-c2da913f82ec")
                        .replace("{path}", "0123456789abcdef/main.js")
                    + "?"
                    + query);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .header("authorization", "Bearer " + shared.backend().token(shared.newTenant()))
              .method(route.method, HttpRequest.BodyPublishers.noBody())
              .build();
      return Json.STRICT.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
