package io.cloudoperator.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.query.Example;
import io.cloudoperator.query.html.TrendChart;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.CountedResources;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrendRowsTest {
  private static final Snapshot WHOLE =
      snapshot(
          1,
          Example.NOON,
          Example.frankfurt(),
          Example.ohio(),
          Example.complete(Example.tokyo().region(), Example.instances(2, "Linux/UNIX")));
  private static final Snapshot PARTIAL =
      snapshot(
          2,
          Example.NOON.plus(Duration.ofDays(1)),
          Example.frankfurt(),
          Example.ohio(),
          Example.tokyo());

  @Test
  void hasARowForEveryNumberThatIsCounted() {
    List<String> titles = TrendRows.of(WHOLE, List.of()).stream().map(TrendChart::title).toList();

    assertThat(titles).contains("Instances", "Instances: running", "Instances: stopped", "Buckets");
    CountedResources.ALL.forEach(resource ->
        assertThat(titles).containsAll(resource.metrics().stream().map(Metric::words).toList()));
  }

  @Test
  void goesFromTheOldestSnapshotToTheNewestInWhateverOrderTheyAreGiven() {
    assertThat(row("Instances", TrendRows.of(WHOLE, List.of(PARTIAL, WHOLE))).description())
        .isEqualTo("22 Nov: 14 in 3 of 3 regions; 23 Nov: 12 in 2 of 3 regions.");
  }

  @Test
  void hatchesWhatCouldNotBeRead() {
    String drawing = row("Instances", TrendRows.of(PARTIAL, List.of(WHOLE))).drawing();

    assertThat(drawing.split("class=\"hatched\"", -1)).hasSize(2);
    assertThat(row("Instances", TrendRows.of(WHOLE, List.of(WHOLE))).drawing())
        .doesNotContain("hatched");
  }

  @Test
  void leavesAGapWhereASnapshotDoesNotKnowTheNumber() {
    Counts counts = Example.instances(3, "Linux/UNIX");
    Map<String, Long> fewer = new HashMap<>(counts.metrics());
    fewer.remove("publicIpv4");
    Snapshot before =
        snapshot(
            1,
            Example.NOON,
            Example.complete(
                Example.frankfurt().region(), new Counts(3, counts.breakdowns(), fewer)));
    TrendChart row = row("Public IPv4", TrendRows.of(PARTIAL, List.of(before)));

    assertThat(row.description()).startsWith("22 Nov: unknown; 23 Nov: 0 in 2 of 3 regions");
    assertThat(row.drawing().split(">\\?</text>", -1)).hasSize(2);
    assertThat(row.drawing().split("class=\"bar", -1)).hasSize(2);
  }

  @Test
  void takesNoRegionForNoInstance() {
    Snapshot unread = snapshot(3, Example.NOON.plus(Duration.ofDays(2)), Example.tokyo());

    assertThat(row("Instances", TrendRows.of(unread, List.of())).description())
        .isEqualTo("24 Nov: unknown.");
    assertThat(row("Instances: running", TrendRows.of(unread, List.of(WHOLE))).description())
        .isEqualTo("22 Nov: 11 in 3 of 3 regions; 24 Nov: unknown.");
  }

  @Test
  void tellsSnapshotsOfOneDayApart() {
    Snapshot later = snapshot(2, Example.NOON.plusSeconds(7200), Example.frankfurt());

    assertThat(row("Instances", TrendRows.of(later, List.of(WHOLE))).description())
        .startsWith("12:00: 14 ")
        .contains("; 14:00: 3 ");
  }

  private static TrendChart row(String title, List<TrendChart> rows) {
    return rows.stream().filter(row -> row.title().equals(title)).findFirst().orElseThrow();
  }

  private static Snapshot snapshot(int number, Instant at, RegionOutcome... outcomes) {
    return Example.snapshot(Example.key(number), at, Optional.empty(), outcomes);
  }
}
