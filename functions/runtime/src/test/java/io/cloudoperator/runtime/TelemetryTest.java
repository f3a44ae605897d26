package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.platform.lambda.InvocationContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

class TelemetryTest {
  private static final String EXTERNAL_ID =
      "cloudoperator-0123456789012345678901234567890123456789_-A";

  @Test
  void hidesWhatLooksLikeARoleReferenceHoweverDeepItIs() {
    Exception failure =
        new IllegalStateException(
            "outer",
            new IllegalArgumentException(
                "User: arn:aws:sts::111122223333:assumed-role/broker/con-1 may not assume "
                    + "\"arn:aws-us-gov:iam::444455556666:role/a/canary\" with "
                    + EXTERNAL_ID));

    assertThat(Telemetry.describe(failure))
        .contains("java.lang.IllegalStateException: outer")
        .contains(
            "caused by java.lang.IllegalArgumentException: User: [hidden] may not assume"
                + " \"[hidden]\" with [hidden]\n")
        .contains("  at " + getClass().getName())
        .doesNotContain("canary", EXTERNAL_ID, "444455556666");
  }

  @Test
  void forgetsWhatWasSaidOnceTheInvocationEnds() {
    Telemetry telemetry = Telemetry.logsOnly();

    String during =
        telemetry.invocation(
            InvocationContext.of("function", Duration.ofMinutes(3)),
            () -> {
              telemetry.about(Telemetry.Key.TENANT, "acme");
              return MDC.get("tenant");
            });

    assertThat(during).isEqualTo("acme");
    assertThat(MDC.get("tenant")).isNull();
  }

  @Test
  void writesMetricsInTheEmbeddedFormatInLambdaOnly() {
    // Elsewhere than in Lambda, which it knows by the environment, the library looks for an agent.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    assertThat(written(Telemetry.powertools())).contains("\"_aws\"", "\"ServerErrors\":1");
    assertThat(written(Telemetry.logsOnly())).isEmpty();
  }

  private static String written(Telemetry telemetry) {
    PrintStream before = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      telemetry.invocation(
          InvocationContext.of("function", Duration.ofMinutes(3)),
          () -> {
            telemetry.measure("ServerErrors", 1, MetricUnit.COUNT);
            return "done";
          });
    } finally {
      System.setOut(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }
}
