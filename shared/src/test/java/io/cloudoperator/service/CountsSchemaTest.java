package io.cloudoperator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.scan.RiskFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The parts of openapi.yaml that are generated from the declarations of what is counted. Run it
 * with the environment variable REGENERATE=true to write them anew: {@code REGENERATE=true mvn -pl
 * shared test -Dtest=CountsSchemaTest}.
 */
class CountsSchemaTest {
  private static final Path CONTRACT =
      Path.of(System.getProperty("repository.root", ".."), "openapi.yaml");

  @Test
  void theContractHasEveryCountAndEveryFlag() throws Exception {
    String contract = Files.readString(CONTRACT);
    String generated = contract;
    for (Map.Entry<String, List<String>> part : parts().entrySet()) {
      generated = replaced(generated, part.getKey(), part.getValue());
    }
    if (Boolean.parseBoolean(System.getenv("REGENERATE"))) {
      Files.writeString(CONTRACT, generated);
      return;
    }
    assertThat(contract)
        .as("openapi.yaml; REGENERATE=true with this test writes it from the declarations")
        .isEqualTo(generated);
  }

  private static Map<String, List<String>> parts() {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    parts.put("totals", members(CountedResources.ALL, 8));
    parts.put(
        "counts of a region",
        members(
            CountedResources.REGIONAL.stream()
                .<CountedResource<?>>map(ResourceCounter::resource)
                .toList(),
            8));
    List<String> schemas = new ArrayList<>();
    CountedResources.ALL.forEach(resource -> schemas.addAll(schema(resource)));
    schemas.add("    RiskFlagKind:");
    schemas.add("      type: string");
    schemas.add("      enum:");
    CountedResources.FLAGS.stream()
        .map(RiskFlag.Kind::code)
        .forEach(code -> schemas.add("        - " + code));
    parts.put("schemas of counts", schemas);
    return parts;
  }

  private static List<String> members(List<CountedResource<?>> resources, int indent) {
    List<String> lines = new ArrayList<>();
    for (CountedResource<?> resource : resources) {
      lines.add(" ".repeat(indent) + resource.name() + ":");
      lines.add(" ".repeat(indent + 2) + "description: Absent if they could not be read.");
      lines.add(
          " ".repeat(indent + 2)
              + "$ref: '#/components/schemas/%s'".formatted(schemaName(resource)));
    }
    return lines;
  }

  private static String schemaName(CountedResource<?> resource) {
    return resource.thing().substring(0, 1).toUpperCase(Locale.ROOT)
        + resource.thing().substring(1).replace(" ", "")
        + "Counts";
  }

  private static List<String> schema(CountedResource<?> resource) {
    List<String> lines = new ArrayList<>();
    lines.add("    " + schemaName(resource) + ":");
    List<Breakdown<?>> all = new ArrayList<>();
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      if (!breakdown.gone().isEmpty()) {
        all.add(breakdown);
      }
    }
    if (!all.isEmpty()) {
      lines.add(
          "      description: The total and `%s` count every %s; all else leaves out those that are %s. A number that is absent is unknown."
              .formatted(
                  all.getFirst().name(),
                  resource.thing(),
                  String.join(" or ", all.getFirst().gone().stream().sorted().toList())));
    }
    lines.add("      type: object");
    lines.add("      required: [total]");
    lines.add("      properties:");
    lines.add("        total:");
    lines.add("          type: integer");
    for (Breakdown<?> breakdown : resource.breakdowns()) {
      lines.add("        " + breakdown.name() + ":");
      lines.add("          $ref: '#/components/schemas/Counts'");
    }
    for (Metric<?> metric : resource.metrics()) {
      lines.add("        " + metric.name() + ":");
      lines.add("          description: %s.".formatted(metric.words()));
      lines.add("          type: integer");
    }
    return lines;
  }

  private static String replaced(String contract, String part, List<String> lines) {
    String begin = "# generated: " + part + "\n";
    int from = contract.indexOf(begin);
    assertThat(from).as(begin).isNotNegative();
    from += begin.length();
    int to = contract.lastIndexOf('\n', contract.indexOf("# end of " + part, from)) + 1;
    assertThat(to).as("# end of " + part).isGreaterThanOrEqualTo(from);
    return contract.substring(0, from) + String.join("\n", lines) + "\n" + contract.substring(to);
  }
}
