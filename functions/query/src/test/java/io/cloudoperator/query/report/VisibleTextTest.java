package io.cloudoperator.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.query.html.Html;
import io.cloudoperator.query.html.VisibleText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
  @ParameterizedTest
  @CsvSource({
    "202E, \\u202e",
    "2066, \\u2066",
    "200B, \\u200b",
    "200D, \\u200d",
    "FEFF, \\ufeff",
    "00AD, \\u00ad",
    "2028, \\u2028",
    "0000, \\u0000",
    "001B, \\u001b",
    "0085, \\u0085",
    "E000, \\ue000",
    "3164, \\u3164",
    "E0041, \\udb40\\udc41"
  })
  void showsACharacterThatShowsNothing(String code, String shown) {
    String hidden = Character.toString(Integer.parseInt(code, 16));

    assertThat(VisibleText.of("a" + hidden + "b")).isEqualTo("a" + shown + "b");
  }

  @Test
  void showsHalfOfAPair() {
    assertThat(VisibleText.of("a\ud83d")).isEqualTo("a\\ud83d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production", "Büro 東京 🙂", "two\r\nlines\tand a tab", "<b>"})
  void leavesTextAsItIs(String text) {
    assertThat(VisibleText.of(text)).isEqualTo(text);
  }

  @Test
  void isWhatPagesAndSpreadsheetsShow() {
    assertThat(Html.escape("a\u202e<b>")).isEqualTo("a\\u202e&lt;b&gt;");
    assertThat(Csv.cell("a\u202eb")).isEqualTo("a\\u202eb");
    assertThat(Csv.cell("\u200b=1+1")).isEqualTo("\\u200b=1+1");
  }
}
