package io.cloudoperator.local.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalReportTest {
  private static final String TEXT =
      """
        Over the scans
        · Every instance in the two regions that were read is in one of them, \u001b[2mwhich is faint\u001b[0m.

      us-east-1         1,200  ▇▇▇▇▇▇▇▇ 900 running · 300 stopped
      """;

  @ParameterizedTest
  @ValueSource(ints = {40, 57, 80})
  void wrapsAtTheWidthAndLosesNoWord(int width) {
    String wrapped = TerminalReport.wrapped(TEXT, width);

    assertThat(wrapped.replaceAll("\u001b\\[[0-9;]*m", "").lines())
        .allSatisfy(
            line -> assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(width));
    assertThat(wrapped.split("\\s+")).isEqualTo(TEXT.split("\\s+"));
    assertThat(wrapped).contains("\n    ");
  }

  @Test
  void leavesAloneWhatFits() {
    assertThat(TerminalReport.wrapped(TEXT, 200)).isEqualTo(TEXT);
  }

  @Test
  void drawsANumberFromZeroToItsLargestAndAGapWhereItIsUnknown() {
    Sparkline line =
        new Sparkline(
            "instances",
            List.of(
                OptionalLong.of(0),
                OptionalLong.of(50),
                OptionalLong.empty(),
                OptionalLong.of(100)));

    assertThat(line.bars()).isEqualTo("▁▄?█");
    assertThat(TerminalReport.within(US_ASCII, line.bars())).isEqualTo("_=?#");
    assertThat(line.changes()).isTrue();
    assertThat(new Sparkline("none", List.of(OptionalLong.of(0), OptionalLong.of(0))).bars())
        .isEqualTo("▁▁");
  }

  @Test
  void comparesTwoScansThatKnowANumber() {
    assertThat(new Sparkline("one", List.of(OptionalLong.of(1), OptionalLong.empty())).comparable())
        .isFalse();
  }

  @Test
  void usesNoColourWhereNobodyWantsOne() {
    assertThat(TerminalColors.of(Map.of(), true).bold("x")).isNotEqualTo("x");
    assertThat(TerminalColors.of(Map.of("NO_COLOR", "1"), true).bold("x")).isEqualTo("x");
    assertThat(TerminalColors.of(Map.of("TERM", "dumb"), true).bold("x")).isEqualTo("x");
    assertThat(TerminalColors.of(Map.of(), false).bold("x")).isEqualTo("x");
  }
}
