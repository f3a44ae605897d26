package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " a b ",
        "Übung 1",
        "日本",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC7F",
        "\uE000",
        "\u0378"
      })
  void takesOneLineOfVisibleText(String text) {
    assertThat(Line.is(text, 64)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00A0\u3000",
        "a\nb",
        "a\u0000",
        "a\u0085",
        "a\u2028b",
        "\u202Ea",
        "a\u200B",
        "a\uD800",
        "\uDC00a",
        "a\uFFFD"
      })
  void refusesWhatIsNotSeen(String text) {
    assertThat(Line.is(text, 64)).isFalse();
  }

  @Test
  void countsCodePoints() {
    String rocket = "\uD83D\uDE80";

    assertThat(Line.is(rocket.repeat(3), 3)).isTrue();
    assertThat(Line.is(rocket.repeat(4), 3)).isFalse();
    assertThat(Line.hasAtMost("abc", 3)).isTrue();
    assertThat(Line.hasAtMost("abcd", 3)).isFalse();
  }
}
