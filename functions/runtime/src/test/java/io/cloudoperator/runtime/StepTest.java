package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.TenantId;
import io.cloudoperator.platform.lambda.InvocationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StepTest {
  record Asked(TenantId tenant) {}

  record Told(String greeting) {}

  @Test
  void answersAPayloadInOurJson() throws IOException {
    assertThat(run("{\"tenant\":\"acme\"}", asked -> new Told("hello " + asked.tenant())))
        .isEqualTo("{\"greeting\":\"hello acme\"}");
  }

  @Test
  void failsOnAPayloadOfAnotherFormWithoutRepeatingIt() {
    assertThatThrownBy(() -> run("{\"tenant\":{\"canary\":1}}", _ -> new Told("")))
        .isInstanceOf(InvocationFailedException.class)
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  @Test
  void failsWithTheKindOfAFailureAndNothingElse() {
    assertThatThrownBy(() ->
            run(
                "{\"tenant\":\"acme\"}",
                _ -> {
                  throw new IllegalStateException("arn:aws:iam::444455556666:role/canary");
                }))
        .isInstanceOf(InvocationFailedException.class)
        .hasMessage("failed with IllegalStateException")
        .hasNoCause()
        .extracting(Throwable::getStackTrace)
        .isEqualTo(new StackTraceElement[0]);
  }

  private static String run(String payload, Function<Asked, Told> work) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new Step<>(Asked.class, work, Telemetry.logsOnly())
        .handle(
            new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
            answer,
            InvocationContext.of("function", Duration.ofMinutes(3)));
    return answer.toString(StandardCharsets.UTF_8);
  }
}
