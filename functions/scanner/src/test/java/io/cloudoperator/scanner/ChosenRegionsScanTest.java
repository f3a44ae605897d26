package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.Trend;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChosenRegionsScanTest {
  private static final List<RegionName> TWO = regions("eu-west-1", "us-east-1");

  private final Stage stage;

  ChosenRegionsScanTest() throws IOException {
    stage = new Stage();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void asksInTheChosenRegionsAlone() {
    Connection connection = stage.connect();
    stage.aws.requests().clear();

    Snapshot snapshot = scanned(connection, RegionChoice.only(TWO));

    assertThat(stage.aws.requests().all())
        .filteredOn(request -> request.operation().equals("DescribeInstances"))
        .extracting(request -> new RegionName(request.region()))
        .containsOnly(TWO.toArray(RegionName[]::new));
    assertThat(snapshot.regions()).extracting(RegionOutcome::region).isEqualTo(TWO);
    assertThat(snapshot.coverage().enabled()).isEqualTo(20);
    assertThat(snapshot.coverage().complete()).isEqualTo(2);
    assertThat(snapshot.coverage().unread()).isEmpty();
    assertThat(snapshot.coverage().notChosen()).hasSize(18).doesNotContainAnyElementsOf(TWO);
    assertThat(snapshot.coverage().bucketsRead()).as("buckets have no region").isTrue();
  }

  @Test
  void leavesOutWhatItIsToldTo() {
    Snapshot snapshot = scanned(stage.connect(), RegionChoice.except(TWO));

    assertThat(snapshot.coverage().notChosen()).isEqualTo(TWO);
    assertThat(snapshot.coverage().complete()).isEqualTo(18);
  }

  @Test
  void comparesOverTheRegionsThatBothScansRead() {
    Connection connection = stage.connect();
    scanned(connection, RegionChoice.ALL);

    Trend some = scanned(connection, RegionChoice.only(TWO)).trend().orElseThrow();
    Trend all = scanned(connection, RegionChoice.ALL).trend().orElseThrow();

    assertThat(List.of(some, all))
        .allSatisfy(trend -> {
          assertThat(trend.regionsCompared()).isEqualTo(2);
          assertThat(trend.regionsLeftOut()).hasSize(18);
          assertThat(trend.changes()).isEmpty();
        });
  }

  @Test
  void readsTheSourcesOfApisInTheChosenRegionsAndThoseWithoutARegion() {
    Connection connection = stage.connectForAudit();

    Snapshot snapshot = scanned(connection, RegionChoice.only(TWO));

    assertThat(stage.apis.inventory(snapshot.key()).orElseThrow())
        .satisfies(inventory ->
            assertThat(
                    Stream.concat(
                            inventory.read().stream(),
                            inventory.unread().stream().map(unread -> unread.source()))
                        .map(source -> source.region())
                        .distinct())
                .containsExactlyInAnyOrder("global", "eu-west-1", "us-east-1"));
  }

  @Test
  void readsNothingWhereANameIsOfNoEnabledRegion() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection, RegionChoice.only(regions("us-east-1", "xx-none-1")));

    assertThat(stage.plan(key)).isEmpty();

    assertThat(stage.runs.run(key).flatMap(Run::failure))
        .contains(
            new Run.Failure(
                "regions_not_enabled",
                "The scan names regions that this account does not have, or has not enabled:"
                    + " xx-none-1."));
  }

  @Test
  void readsNothingWhereEveryRegionIsLeftOut() {
    Connection connection = stage.connect();
    List<RegionName> all =
        scanned(connection, RegionChoice.ALL).regions().stream()
            .map(RegionOutcome::region)
            .toList();
    ScanKey key = stage.begin(connection, RegionChoice.except(all));

    assertThat(stage.plan(key)).isEmpty();

    assertThat(stage.runs.run(key).flatMap(Run::failure).map(Run.Failure::code))
        .contains("no_region_chosen");
  }

  private Snapshot scanned(Connection connection, RegionChoice choice) {
    ScanKey key = stage.begin(connection, choice);
    stage.plan(key).forEach(shard -> stage.scan(key, shard));
    stage.conclude(key);
    return stage.snapshots.snapshot(key).orElseThrow();
  }

  private static List<RegionName> regions(String... names) {
    return Stream.of(names).map(RegionName::new).toList();
  }
}
