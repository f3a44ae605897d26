package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  private static final RequestPath PATH = RequestPath.of("/domainnames/{domain}/mappings");

  @ParameterizedTest
  @CsvSource({
    "api.example.com, api.example.com",
    "*.example.com, %2A.example.com",
    "a b+c, a%20b%2Bc",
    "ä, %C3%A4",
    "100%, 100%25",
    "a?b#c&d=e:f@g;h, a%3Fb%23c%26d%3De%3Af%40g%3Bh",
    "a~b_c-d, a~b_c-d"
  })
  void encodesAnArgumentAsASignatureWantsIt(String argument, String encoded) {
    assertThat(PATH.with(Map.of("domain", argument)))
        .isEqualTo("/domainnames/" + encoded + "/mappings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "..", ".", "a/b", "/", "a\\b", "a\nb", "a\u0000", "\u007f", "\u0085", "\ud83d"
      })
  void refusesWhatIsNotOneSegment(String argument) {
    assertThatIllegalArgumentException().isThrownBy(() -> PATH.with(Map.of("domain", argument)));
  }

  @Test
  void refusesAnEndlessArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PATH.with(Map.of("domain", "x".repeat(5000))));
  }

  @Test
  void refusesToLeaveAnArgumentOut() {
    assertThatIllegalArgumentException().isThrownBy(() -> PATH.with(Map.of()));
  }
}
