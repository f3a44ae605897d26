package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.query.Progress.RegionProgress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final RegionProgress FRANKFURT = read("eu-central-1", 3);
  private static final RegionProgress OHIO = read("us-east-2", 9);
  private static final RegionProgress TOKYO =
      new RegionProgress(
          new RegionName("ap-northeast-1"), Optional.of("denied_by_scp"), Optional.empty());

  @Test
  void beginsWithEveryRegionStillToDo() {
    assertThat(Progress.of(Example.progress()))
        .isEqualTo(
            new Progress(
                0, 3, 0, 0, 2, List.of(waiting(TOKYO), waiting(FRANKFURT), waiting(OHIO))));
  }

  @Test
  void countsInstancesOfTheRegionsThatWereReadAndSaysOfHowMany() {
    assertThat(Progress.of(Example.progress(Example.frankfurt(), Example.tokyo())))
        .isEqualTo(new Progress(2, 3, 3, 1, 4, List.of(TOKYO, FRANKFURT, waiting(OHIO))));
  }

  @Test
  void addsUpTheShards() {
    Progress progress =
        Progress.of(
            List.of(
                Example.progress(Example.frankfurt()).getFirst(),
                Example.progress(Example.ohio()).getFirst()));

    assertThat(progress.regionsDone()).isEqualTo(2);
    assertThat(progress.regionsTotal()).isEqualTo(6);
    assertThat(progress.instancesSoFar()).isEqualTo(12);
    assertThat(progress.regionsCounted()).isEqualTo(2);
    assertThat(progress.calls()).isEqualTo(6);
  }

  private static RegionProgress read(String region, long instances) {
    return new RegionProgress(
        new RegionName(region), Optional.of("complete"), Optional.of(instances));
  }

  private static RegionProgress waiting(RegionProgress region) {
    return new RegionProgress(region.region(), Optional.empty(), Optional.empty());
  }
}
