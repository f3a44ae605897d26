package io.cloudoperator.service.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a stage, as version 1 of the API says them. */
class StageReaderTest {
  @ParameterizedTest
  @CsvSource({
    "'{\"throttlingRateLimit\":-1,\"throttlingBurstLimit\":-1}', false",
    "'{\"throttlingRateLimit\":10000.0,\"throttlingBurstLimit\":5000}', false",
    "'{\"loggingLevel\":\"INFO\"}', false",
    "'{\"throttlingRateLimit\":0,\"throttlingBurstLimit\":0}', true",
    "'{\"throttlingRateLimit\":10000.0,\"throttlingBurstLimit\":10}', true"
  })
  void knowsTheAccountsLimitFromAStagesOwn(String settings, boolean own) throws Exception {
    StageReader.Found stage =
        stages("{\"stageName\":\"s\",\"methodSettings\":{\"*/*\":" + settings + "}}").getFirst();

    assertThat(stage.serving(List.of("GET /")).rateLimit().isPresent()).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"~1orders~1{id}/GET\":{\"throttlingRateLimit\":5}}', 5",
    "'{\"orders~1{id}/GET\":{\"throttlingRateLimit\":5}}', 5",
    "'{\"~1orders~1{id}/*\":{\"throttlingRateLimit\":5}}', 5",
    "'{\"*/GET\":{\"throttlingRateLimit\":5}}', 5",
    "'{\"*/*\":{\"throttlingRateLimit\":7},\"~1orders~1{id}/GET\":{\"throttlingRateLimit\":5}}', 5",
    "'{\"*/*\":{\"throttlingRateLimit\":7},\"~1orders~1{id}/GET\":{\"throttlingRateLimit\":-1}}', ",
    "'{\"~1orders/GET\":{\"throttlingRateLimit\":5}}', ",
    "'{\"~1orders~1{id}/PUT\":{\"throttlingRateLimit\":5}}', "
  })
  void findsTheLimitsOfMethods(String settings, Double limit) throws Exception {
    assertThat(
            stages("{\"stageName\":\"s\",\"methodSettings\":" + settings + "}")
                .getFirst()
                .serving(List.of("GET /orders/{id}"))
                .rateLimit())
        .isEqualTo(Optional.ofNullable(limit));
  }

  @Test
  void hasNoLimitIfOneOfTheMethodsHasNone() throws Exception {
    StageReader.Found stage =
        stages("{\"stageName\":\"s\",\"methodSettings\":{\"~1a/GET\":{\"throttlingRateLimit\":5}}}")
            .getFirst();

    assertThat(stage.serving(List.of("GET /a")).rateLimit()).contains(5.0);
    assertThat(stage.serving(List.of("GET /a", "PUT /a")).rateLimit()).isEmpty();
    assertThat(stage.serving(List.of()).rateLimit()).isEmpty();
  }

  private static List<StageReader.Found> stages(String item) throws Exception {
    return StageReader.GET_STAGES
        .reader()
        .read(new ByteArrayInputStream(("{\"item\":[" + item + "]}").getBytes(UTF_8)))
        .value();
  }
}
