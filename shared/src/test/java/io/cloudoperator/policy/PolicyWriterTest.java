package io.cloudoperator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyWriterTest {
  @Test
  void writesAPolicyInTheOrderOfTheGrammar() {
    assertThat(
            PolicyWriter.json(
                PolicyWriter.document(
                    List.of(
                        PolicyWriter.allow(List.of("a:A", "b:B"), "*"),
                        PolicyWriter.trust(
                            "111122223333",
                            "sts:AssumeRole",
                            new LinkedHashMap<>(
                                Map.of("StringEquals", Map.of("sts:ExternalId", "\"e\""))))))))
        .isEqualTo(
            """
            {"Version":"2012-10-17","Statement":[\
            {"Effect":"Allow","Action":["a:A","b:B"],"Resource":"*"},\
            {"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole",\
            "Condition":{"StringEquals":{"sts:ExternalId":"\\"e\\""}}}]}\
            """);
  }

  @Test
  void refusesWhatHasNoPlaceInAPolicy() {
    assertThatThrownBy(() -> PolicyWriter.json(List.of(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Integer");
  }

  @Test
  void letsATextMeanItself() {
    assertThat(PolicyWriter.literal("role/a*b?c$d")).isEqualTo("role/a${*}b${?}c${$}d");
  }
}
