package io.cloudoperator.bench.whole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CriticalPathTest {
  @Test
  void waitsForTheFarthestRegionWhereEachHasOnePage() {
    // us-east-1 is 6 ms away, ap-southeast-7 247: a connection, then a request.
    assertThat(CriticalPath.of(CriticalPath.instances(1), 0).millis())
        .isEqualTo((2 + 1 + 1) * 6 + (2 + 1) * 247);
  }

  @Test
  void countsWhatTheSampleTakesForEachFullPageOfTheLargestRegion() {
    int instances = CriticalPath.instances(100);
    double without = CriticalPath.of(instances, 100).millis();
    assertThat(CriticalPath.of(instances, 200).millis() - without).isEqualTo(100 * 100);
  }

  @Test
  void sendsNoPageSoonerThanThePaceAllows() {
    // 1,000 pages, fifty of them at once.
    assertThat(CriticalPath.of(CriticalPath.instances(1000), 0).millis()).isGreaterThan(95_000);
  }

  @Test
  void fillsTheLargestRegionsPages() {
    CriticalPath path = CriticalPath.of(CriticalPath.instances(19), 0);
    assertThat(path.account().regions().stream().mapToInt(path.account()::size).max())
        .hasValue(19_000);
  }
}
