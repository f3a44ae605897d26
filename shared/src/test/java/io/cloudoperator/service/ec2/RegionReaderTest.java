package io.cloudoperator.service.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.connection.RegionName;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionReaderTest {
  @Test
  void readsTheNamesOfRegionsInTheirOrder() throws IOException {
    assertThat(
            Pages.regions("eu-west-1", "af-south-1")
                .readBy(RegionReader.DESCRIBE_ENABLED_REGIONS)
                .value())
        .containsExactly(new RegionName("eu-west-1"), new RegionName("af-south-1"));
  }

  @Test
  void asksForAllRegionsWhereThoseThatAreNotEnabledAreMeant() {
    assertThat(RegionReader.DESCRIBE_ALL_REGIONS.parameters()).containsEntry("AllRegions", "true");
    assertThat(RegionReader.DESCRIBE_ENABLED_REGIONS.parameters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<DescribeRegionsResponse/>",
        "<DescribeRegionsResponse><regionInfo/></DescribeRegionsResponse>",
        "<DescribeRegionsResponse><other><item><regionName>eu-west-1</regionName></item></other></DescribeRegionsResponse>",
        "<html/>"
      })
  void refusesAnAnswerThatNamesNone(String answer) {
    assertThatThrownBy(() -> Answer.ok(answer).readBy(RegionReader.DESCRIBE_ENABLED_REGIONS))
        .isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void refusesMoreThanThereAre() throws IOException {
    assertThat(regions(1000).readBy(RegionReader.DESCRIBE_ENABLED_REGIONS).value()).hasSize(1000);
    assertThatThrownBy(() -> regions(1001).readBy(RegionReader.DESCRIBE_ENABLED_REGIONS))
        .hasMessage("lists more than 1000");
  }

  private static Answer regions(int number) {
    return Pages.regions(
        IntStream.range(0, number).mapToObj("eu-west-%d"::formatted).toArray(String[]::new));
  }
}
