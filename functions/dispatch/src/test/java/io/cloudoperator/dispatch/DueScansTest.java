package io.cloudoperator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DueScansTest {
  private static final int PLENTY = 120_000;

  private final Stage stage;

  DueScansTest() throws IOException {
    stage = new Stage();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void startsWhatIsDueAndNothingElse() {
    Connection due = stage.due();
    Connection later = stage.active();
    stage.save(later, later.scheduled(Schedule.HOURLY, stage.clock.instant()));
    stage.active();

    JsonNode tally = dispatch(stage.machine());

    assertThat(tally.required("started").asInt()).isEqualTo(1);
    assertThat(stage.started).extracting(ScanKey::connection).containsExactly(due.id());
    assertThat(run(due).trigger()).isEqualTo(Run.Trigger.SCHEDULE);
    assertThat(nextScan(due))
        .isAfter(
            stage.clock.instant().plus(Schedule.DAILY.interval().orElseThrow()).minusSeconds(60));
  }

  @Test
  void startsEachScanOnceWhenTwoDispatchersMeet() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      stage.due();
    }
    Thread other = Thread.ofVirtual().start(() -> dispatch(stage.machine()));
    dispatch(stage.machine());
    other.join();

    assertThat(stage.started).hasSize(5);
  }

  @Test
  void leavesAConnectionThatIsBeingScannedUntilNextTime() {
    Connection due = stage.due();
    stage.post(stage.machine(), due, Optional.empty());

    JsonNode tally = dispatch(stage.machine());

    assertThat(tally.required("skipped").asInt()).isEqualTo(1);
    assertThat(stage.started).hasSize(1);
    assertThat(nextScan(due)).isAfter(stage.clock.instant().plusSeconds(3600));
  }

  @Test
  void triesAgainSoonWhenTheStateMachineCannotBeStarted() {
    Connection due = stage.due();

    JsonNode tally = dispatch(_ -> false);
    stage.clock.pass(DueScans.AGAIN.plusSeconds(1));
    dispatch(stage.machine());

    assertThat(tally.required("failed").asInt()).isEqualTo(1);
    assertThat(stage.started).extracting(ScanKey::connection).containsExactly(due.id());
  }

  @Test
  void doesNotLetOneConnectionKeepOthersFromTheirScans() {
    Connection broken = stage.due();
    Connection sound = stage.due();

    JsonNode tally =
        stage.due(new Breaking(stage.connections, broken.id()), stage.machine(), PLENTY);

    assertThat(tally.required("failed").asInt()).isEqualTo(1);
    assertThat(tally.required("started").asInt()).isEqualTo(1);
    assertThat(stage.started).extracting(ScanKey::connection).containsExactly(sound.id());
  }

  @Test
  void claimsNothingForWhichNoTimeIsLeft() {
    Connection due = stage.due();

    JsonNode tally = stage.due(stage.connections, stage.machine(), 5_000);

    assertThat(tally.required("left").asInt()).isEqualTo(1);
    assertThat(stage.started).isEmpty();
    assertThat(stage.current(due)).isEqualTo(due);
  }

  private JsonNode dispatch(ScanMachine machine) {
    return stage.due(stage.connections, machine, PLENTY);
  }

  private Run run(Connection connection) {
    return stage.run(connection, stage.started.element().scan().value()).orElseThrow();
  }

  private Instant nextScan(Connection connection) {
    return stage.current(connection).nextScanAt().orElseThrow();
  }
}
