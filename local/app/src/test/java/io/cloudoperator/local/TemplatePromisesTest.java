package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** template.yaml keeps the promises that docs/template.md gives the reasons of. */
final class TemplatePromisesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DOCUMENT = SourceTree.ROOT.resolve("docs/template.md");
  private static final Path GOLDEN =
      SourceTree.ROOT.resolve(
          "local/app/src/test/resources/io/cloudoperator/local/template-promises.json");
  private static final RawTemplate TEMPLATE = RawTemplate.of("template.yaml");

  /** A name, and a sentence that says why. */
  private static final Pattern PROMISE = Pattern.compile("^### (.+)\n\\w", Pattern.MULTILINE);

  private static final Pattern UNPROMISED = Pattern.compile("^- `(\\S+)`", Pattern.MULTILINE);

  @Test
  void keepsEachPromise() throws IOException {
    String kept = rendered(TEMPLATE.root());
    if (Boolean.parseBoolean(System.getenv("REGENERATE"))) {
      Files.writeString(GOLDEN, kept);
    }

    assertThat(GOLDEN)
        .as("a promise of docs/template.md, which says how to write it anew")
        .usingCharset(StandardCharsets.UTF_8)
        .hasContent(kept);
  }

  @Test
  void leavesNoPropertyUndecided() {
    Set<String> free = new TreeSet<>();
    UNPROMISED
        .matcher(SourceTree.read(DOCUMENT))
        .results()
        .forEach(line -> free.add(line.group(1)));
    Set<String> undecided = new TreeSet<>(promises(TEMPLATE.root()).keySet());
    undecided.removeAll(decided());
    undecided.removeIf(
        name -> free.contains(name) || free.contains(name.replaceFirst("\\.[^.]+$", ".*")));

    assertThat(undecided)
        .as("give each a reason in docs/template.md, or list it there as one without a promise")
        .isEmpty();
    assertThat(decided()).isSubsetOf(promises(TEMPLATE.root()).keySet());
  }

  /** A guard that could not see a change would guard nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /Resources/ConnectionsTable/Properties/TimeToLiveSpecification | Enabled
          /Resources/ScansTable/Properties/SSESpecification              | SSEEnabled
          /Resources/ConnectionsTable                                    | DeletionPolicy
          /Resources/TrimLogGroup/Properties                             | RetentionInDays
          /Resources/DeadLettersPolicy/Properties                        | PolicyDocument
          /Resources/CanaryRole/Properties/AssumeRolePolicyDocument      | Statement
          /Resources/DueScansFunction/Properties/Events/EveryFiveMinutes | Properties
          /Resources/Api/Properties/Auth/Authorizers/Jwt/JwtConfiguration | audience
          /Resources/Api/Properties                                      | DefaultRouteSettings
          /Parameters/ProofPolicy                                        | Default
          /Parameters/TenantClaim                                        | Default
          /Globals/Function/Environment/Variables                        | TENANT_CLAIM
          """)
  void seesAPropertyThatIsGone(String parent, String property) throws IOException {
    JsonNode template = TEMPLATE.root().deepCopy();

    assertThat(((ObjectNode) template.at(parent)).remove(property)).isNotNull();
    assertThat(rendered(template)).isNotEqualTo(rendered(TEMPLATE.root()));
  }

  /** The promises of the document as a template keeps them. */
  private static String rendered(JsonNode template) throws IOException {
    Map<String, SortedMap<String, JsonNode>> promises = promises(template);
    promises.keySet().retainAll(decided());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(promises) + "\n";
  }

  private static Set<String> decided() {
    Set<String> decided = new TreeSet<>();
    PROMISE
        .matcher(SourceTree.read(DOCUMENT))
        .results()
        .forEach(promise -> decided.add(promise.group(1)));
    return decided;
  }

  /** What each kind of property says, by the logical id of the resource that has it. */
  private static Map<String, SortedMap<String, JsonNode>> promises(JsonNode template) {
    Map<String, SortedMap<String, JsonNode>> promises = new TreeMap<>();
    for (Map.Entry<String, JsonNode> section : template.properties()) {
      switch (section.getKey()) {
        case "Resources" ->
            section
                .getValue()
                .properties()
                .forEach(resource -> {
                  String type = resource.getValue().path("Type").asText();
                  for (Map.Entry<String, JsonNode> attribute : resource.getValue().properties()) {
                    if (attribute.getKey().equals("Properties")) {
                      attribute
                          .getValue()
                          .properties()
                          .forEach(property ->
                              put(
                                  promises,
                                  type + "." + property.getKey(),
                                  resource,
                                  property.getValue()));
                    } else if (!attribute.getKey().equals("Type")) {
                      put(
                          promises,
                          type + ".(" + attribute.getKey() + ")",
                          resource,
                          attribute.getValue());
                    }
                  }
                });
        case "Parameters" ->
            section
                .getValue()
                .properties()
                .forEach(parameter -> {
                  ObjectNode value = parameter.getValue().deepCopy();
                  value.remove("Description");
                  put(promises, "Parameters." + parameter.getKey(), parameter, value);
                });
        case "AWSTemplateFormatVersion", "Description", "Metadata", "Outputs" -> {}
        default -> put(promises, section.getKey(), section, section.getValue());
      }
    }
    return promises;
  }

  private static void put(
      Map<String, SortedMap<String, JsonNode>> promises,
      String name,
      Map.Entry<String, JsonNode> holder,
      JsonNode value) {
    promises.computeIfAbsent(name, _ -> new TreeMap<>()).put(holder.getKey(), value);
  }
}
