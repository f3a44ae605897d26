package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.SnapshotStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryViewTest {
  private final Snapshot first = Example.snapshot(Example.key(1), Optional.empty(), Example.ohio());
  private final Snapshot second =
      Example.snapshot(Example.key(2), Optional.of(first), Example.ohio(), Example.frankfurt());
  private final Snapshot third =
      Example.snapshot(Example.key(3), Optional.of(second), Example.ohio(), Example.frankfurt());

  @Test
  void setsTheTrendsBesideTheSnapshotsThatTheyLieBetween() {
    HistoryView history = HistoryView.of(history(third, second, first), false);

    assertThat(history.trends())
        .extracting(trend -> List.of(trend.from(), trend.to()))
        .containsExactly(
            List.of(second.key().scan(), third.key().scan()),
            List.of(first.key().scan(), second.key().scan()));
    assertThat(history.snapshots()).allSatisfy(view -> assertThat(view.trend()).isEmpty());
  }

  @Test
  void leavesOutATrendFromASnapshotThatIsNoLongerKept() {
    assertThat(HistoryView.of(history(third, second), false).trends())
        .singleElement()
        .satisfies(trend -> assertThat(trend.to()).isEqualTo(third.key().scan()));
  }

  @Test
  void showsRegionsOnlyWhenAskedFor() {
    assertThat(Json.write(HistoryView.of(history(third), false))).doesNotContain("\"regions\":[{");
    assertThat(Json.write(HistoryView.of(history(third), true))).contains("\"regions\":[{");
  }

  @Test
  void saysHowManySnapshotsCannotBeRead() {
    assertThat(Json.write(HistoryView.of(history(), false))).doesNotContain("unreadable");
    assertThat(Json.write(HistoryView.of(new SnapshotStore.History(List.of(), 2), false)))
        .contains("\"unreadable\":2");
  }

  private static SnapshotStore.History history(Snapshot... newestFirst) {
    return new SnapshotStore.History(List.of(newestFirst), 0);
  }
}
