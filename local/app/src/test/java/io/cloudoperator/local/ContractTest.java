package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The HTTP contract against the template that deploys it. */
class ContractTest {
  private static final RawTemplate TEMPLATE = RawTemplate.of("template.yaml");

  private final JsonNode contract;

  ContractTest() throws IOException {
    Path file = Path.of(System.getProperty("repository.root", "."), "openapi.yaml");
    try (var source = Files.newBufferedReader(file)) {
      contract = TemplateYaml.read(source);
    }
  }

  @Test
  void namesTheRoutesOfTheTemplateWithTheirScopes() {
    assertThat(contractRoutes()).isEqualTo(templateRoutes());
  }

  @Test
  void leadsEveryReferenceSomewhere() {
    List<JsonNode> references = contract.findValues("$ref");

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(contract.at(reference.asText().substring(1)).isMissingNode()).isFalse());
  }

  @Test
  void usesEverySchemaThatItDefines() {
    List<String> referenced = new ArrayList<>();
    contract.findValues("$ref").forEach(reference -> referenced.add(reference.asText()));

    assertThat(contract.at("/components/schemas").properties())
        .extracting(schema -> "#/components/schemas/" + schema.getKey())
        .allMatch(referenced::contains);
  }

  private Map<String, String> contractRoutes() {
    Map<String, String> routes = new TreeMap<>();
    contract
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(operation -> !operation.getKey().equals("parameters"))
                .forEach(operation ->
                    routes.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        operation.getValue().path("security").at("/0/token").toString())));
    return routes;
  }

  private static Map<String, String> templateRoutes() {
    Map<String, String> routes = new TreeMap<>();
    TEMPLATE.resources("AWS::Serverless::Function").values().stream()
        .flatMap(function -> function.path("Properties").path("Events").valueStream())
        .filter(event -> event.path("Type").asText().equals("HttpApi"))
        .map(event -> event.path("Properties"))
        .forEach(route ->
            routes.put(
                // A greedy variable is API Gateway's own way to write one.
                route.path("Method").asText()
                    + " "
                    + route.path("Path").asText().replace("+}", "}"),
                TEMPLATE.scopes(route).toString()));
    return routes;
  }
}
