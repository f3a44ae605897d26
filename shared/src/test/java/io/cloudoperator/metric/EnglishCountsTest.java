package io.cloudoperator.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishCountsTest {
  @Test
  void namesOneThingAndMany() {
    assertThat(EnglishCounts.count(1, "region")).isEqualTo("1 region");
    assertThat(EnglishCounts.count(0, "region")).isEqualTo("0 regions");
    assertThat(EnglishCounts.count(1200, "region")).isEqualTo("1,200 regions");
    assertThat(EnglishCounts.all(1, "region")).isEqualTo("The one region is");
    assertThat(EnglishCounts.all(2, "region")).isEqualTo("All 2 regions are");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 0%",
    "1, 3, 33%",
    "2, 3, 67%",
    "3, 3, 100%",
    "1, 1000, less than 1%",
    "999, 1000, more than 99%"
  })
  void roundsAShareButNeverToNothingOrToAllWhereItIsNeither(long part, long whole, String text) {
    assertThat(EnglishCounts.percent(part, whole)).isEqualTo(text);
  }

  @Test
  void agreesTheVerbWithHowMany() {
    Metric.Flag flag =
        new Metric.Flag(
            "public_ip", Severity.MEDIUM, "has", "have", "a public IPv4 address", "why", "what");

    assertThat(flag.title(1, 7, "instance"))
        .isEqualTo("1 of 7 instances has a public IPv4 address");
    assertThat(flag.title(2, 7, "instance"))
        .isEqualTo("2 of 7 instances have a public IPv4 address");
  }
}
