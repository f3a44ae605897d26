package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.lambda.InvocationContext;
import io.cloudoperator.runtime.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** An alarm on a metric that nobody writes never goes off, and looks as if all were well. */
@Isolated
class AlarmsTest {
  private static final Pattern MEASURED = Pattern.compile("\\bmeasure\\(\\s*\"(\\w+)\"");
  private static final RawTemplate TEMPLATE = RawTemplate.of("template.yaml");

  @Test
  void watchMetricsThatTheFunctionsWrite() {
    Set<String> measured = new TreeSet<>();
    for (Path source : SourceTree.sources("src/main")) {
      Matcher matcher = MEASURED.matcher(SourceTree.read(source));
      while (matcher.find()) {
        measured.add(matcher.group(1));
      }
    }

    assertThat(ours()).isNotEmpty();
    assertThat(ours().values())
        .allSatisfy(alarm -> assertThat(measured).contains(alarm.path("MetricName").asText()));
  }

  @Test
  void watchThemUnderTheNamespaceAndDimensionsThatTheyAreWrittenWith() throws IOException {
    JsonNode line = new ObjectMapper().readTree(written("PackedPolicySize"));
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    Map<String, String> dimensions = new TreeMap<>();
    assertThat(directive.path("Dimensions")).hasSize(1);
    directive
        .at("/Dimensions/0")
        .forEach(name -> dimensions.put(name.asText(), line.path(name.asText()).asText()));

    assertThat(directive.at("/Metrics/0").toString())
        .isEqualTo("{\"Name\":\"PackedPolicySize\",\"Unit\":\"Percent\"}");
    assertThat(ours().values())
        .allSatisfy(alarm -> {
          Map<String, String> watched = new TreeMap<>();
          alarm
              .path("Dimensions")
              .forEach(
                  each -> watched.put(each.path("Name").asText(), each.path("Value").asText()));
          assertThat(alarm.path("Namespace").asText())
              .isEqualTo(directive.path("Namespace").asText());
          assertThat(watched).isEqualTo(dimensions);
        });
  }

  /** Powertools names metrics by what the environment says too. */
  @Test
  void watchTheNamespaceThatTheEnvironmentNames() {
    JsonNode environment = TEMPLATE.root().at("/Globals/Function/Environment/Variables");

    assertThat(ours().values())
        .allSatisfy(alarm ->
            assertThat(alarm.path("Namespace").asText())
                .isEqualTo(environment.path("POWERTOOLS_METRICS_NAMESPACE").asText()));
  }

  @Test
  void areExplainedToWhoeverTheyWake() {
    String operations = SourceTree.read(SourceTree.ROOT.resolve("docs/operations.md"));

    assertThat(TEMPLATE.resources("AWS::CloudWatch::Alarm").keySet())
        .allMatch(alarm -> operations.contains("| " + alarm + " |"));
  }

  /** Alarms on metrics that are not AWS's own. */
  private static Map<String, JsonNode> ours() {
    Map<String, JsonNode> alarms = new TreeMap<>();
    TEMPLATE
        .resources("AWS::CloudWatch::Alarm")
        .keySet()
        .forEach(name -> alarms.put(name, TEMPLATE.properties(name)));
    alarms.values().removeIf(alarm -> !alarm.has("Namespace"));
    alarms.values().removeIf(alarm -> alarm.path("Namespace").asText().startsWith("AWS/"));
    return alarms;
  }

  /** The line that Lambda hands to CloudWatch. */
  private static String written(String metric) {
    // Elsewhere than in Lambda, which it knows by the environment, the library looks for an agent.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    PrintStream before = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      Telemetry telemetry = Telemetry.powertools();
      telemetry.invocation(
          InvocationContext.of("function", Duration.ofMinutes(3)),
          () -> {
            telemetry.measure(metric, 12, MetricUnit.PERCENT);
            return "done";
          });
    } finally {
      System.setOut(before);
    }
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"_aws\""))
        .findFirst()
        .orElseThrow();
  }
}
