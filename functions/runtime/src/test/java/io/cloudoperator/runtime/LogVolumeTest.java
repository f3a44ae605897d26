package io.cloudoperator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.cloudoperator.platform.lambda.InvocationContext;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whoever sends many requests fills no log: what is written is bounded, and counted is the rest.
 */
@Isolated
class LogVolumeTest {
  private static final int MANY = 10_000;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext logs = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig logger = new LoggerConfig("io.cloudoperator", Level.INFO, false);
  private final OutputStreamAppender appender =
      OutputStreamAppender.newBuilder()
          .setName("bytes")
          .setTarget(written)
          .setLayout(
              JsonTemplateLayout.newBuilder()
                  .setConfiguration(logs.getConfiguration())
                  .setEventTemplateUri("classpath:log-event.json")
                  .build())
          .build();
  private final LoggerConfig before = logs.getConfiguration().getLoggerConfig("io.cloudoperator");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final HttpFunction function =
      new HttpFunction(
          Routes.builder()
              .open("GET /health", _ -> ApiResponse.ok(List.of()))
              .open(
                  "GET /fault",
                  _ -> {
                    throw new IllegalStateException("x".repeat(100_000));
                  })
              .build(),
          TenantClaims.of("sub"),
          now::get,
          Telemetry.logsOnly());

  @BeforeEach
  void take() {
    appender.start();
    logger.addAppender(appender, Level.ALL, null);
    logs.getConfiguration().removeLogger("io.cloudoperator");
    logs.getConfiguration().addLogger("io.cloudoperator", logger);
    logs.updateLoggers();
  }

  @AfterEach
  void giveBack() {
    logs.getConfiguration().removeLogger("io.cloudoperator");
    if (before.getName().equals("io.cloudoperator")) {
      logs.getConfiguration().addLogger("io.cloudoperator", before);
    }
    logs.updateLoggers();
  }

  @Test
  void writesAFewLinesOfManyRefusedRequestsAndHowManyTheOthersWere() {
    for (int i = 0; i < MANY; i++) {
      assertThat(ask("GET /no-such-thing-" + "x".repeat(9000))).isEqualTo(404);
    }

    assertThat(written.size()).isLessThan(40_000);
    assertThat(lines("request.answered")).hasSize(LogLimit.LINES_A_MINUTE);
    assertThat(lines("requests.unlogged")).isEmpty();

    now.updateAndGet(instant -> instant.plusSeconds(60));
    ask("GET /no-such-thing");

    assertThat(lines("request.answered")).hasSize(LogLimit.LINES_A_MINUTE + 1);
    assertThat(lines("requests.unlogged"))
        .singleElement()
        .asString()
        .contains("\"count\":" + (MANY - LogLimit.LINES_A_MINUTE));
  }

  @Test
  void writesAFewShortFailures() {
    for (int i = 0; i < MANY / 10; i++) {
      assertThat(ask("GET /fault")).isEqualTo(500);
    }

    assertThat(lines("request.failed")).hasSize(LogLimit.LINES_A_MINUTE);
    assertThat(written.size()).isLessThan(LogLimit.LINES_A_MINUTE * 6_000);
  }

  @Test
  void hidesNoFailureBehindRefusalsAndNoAnswerBehindEither() {
    for (int i = 0; i < MANY / 10; i++) {
      ask("GET /no-such-thing");
    }
    ask("GET /fault");
    ask("GET /health");

    assertThat(lines("request.failed")).hasSize(1);
    assertThat(lines("\"status\":\"200\"")).hasSize(1);
  }

  private List<String> lines(String part) {
    return written.toString(UTF_8).lines().filter(line -> line.contains(part)).toList();
  }

  private int ask(String route) {
    APIGatewayV2HTTPEvent event = APIGatewayV2HTTPEvent.builder().withRouteKey(route).build();
    return function
        .handle(event, InvocationContext.of("function", Duration.ofMinutes(3)))
        .getStatusCode();
  }
}
