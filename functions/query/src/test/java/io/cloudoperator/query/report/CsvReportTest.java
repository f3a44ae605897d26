package io.cloudoperator.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.query.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReportTest {
  private final String csv = CsvReport.write(Example.snapshot());

  @Test
  void endsEachOfItsLinesWithCarriageReturnAndLineFeed() {
    assertThat(csv.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(csv).startsWith("section,region,name,value,note\r\n").endsWith("\r\n");
  }

  @Test
  void givesEveryNumberARegionAndAName() {
    assertThat(csv.lines())
        .contains(
            "scan,,account,111122223333,",
            "total,,instances,12,",
            "total,,buckets,4,",
            "region,eu-central-1,instances.running,2,",
            "region,us-east-2,imdsV1Allowed,9,",
            "buckets,eu-central-1,buckets,4,",
            "call,,s3:ListBuckets,1,\"retries: 0, throttled: 0\"",
            "coverage,af-south-1,status,not_opted_in,");
  }

  @Test
  void givesNoNumberOfARegionThatCouldNotBeRead() {
    assertThat(csv.lines().filter(line -> line.startsWith("region,ap-northeast-1")))
        .containsExactly("region,ap-northeast-1,status,denied_by_scp,UnauthorizedOperation");
  }

  @Test
  void namesARegionThatWasNotChosenWithoutANumber() {
    assertThat(CsvReport.write(Example.chosen()).lines())
        .contains("coverage,,enabled,4,", "coverage,,complete,2,")
        .filteredOn(line -> line.contains("sa-east-1"))
        .containsExactly("coverage,sa-east-1,status,not_chosen,");
  }

  @Test
  void doublesQuotesInsideQuotes() {
    assertThat(Csv.cell("a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
    assertThat(Csv.cell("two\r\nlines")).isEqualTo("\"two\r\nlines\"");
    assertThat(Csv.cell("plain")).isEqualTo("plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uFF1D1"})
  void leavesNothingThatASpreadsheetRuns(String formula) {
    assertThat(Csv.cell(formula)).isEqualTo("'" + formula);
  }

  @Test
  void leavesNothingThatASpreadsheetRunsInsideQuotes() {
    assertThat(Csv.cell("=1\n,2")).isEqualTo("\"'=1\n,2\"");
    assertThat(Csv.cell("\r=1")).isEqualTo("\"'\r=1\"");
  }
}
