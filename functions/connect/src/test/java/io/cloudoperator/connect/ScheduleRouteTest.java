package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleRouteTest extends ConnectStage {
  @ParameterizedTest
  @CsvSource({
    "hourly, 2076-11-22T13:00:00Z",
    "6-hourly, 2076-11-22T18:00:00Z",
    "daily, 2076-11-23T12:00:00Z",
    "weekly, 2076-11-29T12:00:00Z"
  })
  void schedulesAnActiveConnection(String schedule, String nextScanAt) {
    Answer scheduled = setSchedule(activate().at("/id"), schedule);

    assertThat(scheduled.status()).isEqualTo(200);
    assertThat(scheduled.at("/schedule")).isEqualTo(schedule);
    assertThat(scheduled.at("/nextScanAt")).isEqualTo(nextScanAt);
  }

  @Test
  void takesAConnectionOffItsSchedule() {
    String id = activate().at("/id");
    setSchedule(id, "daily");

    Answer off = setSchedule(id, "off");

    assertThat(off.at("/schedule")).isEqualTo("off");
    assertThat(off.has("/nextScanAt")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DAILY", "six_hourly", "often", ""})
  void listsTheSchedulesThereAre(String schedule) {
    Answer refused = setSchedule(activate().at("/id"), schedule);

    assertProblem(refused, 400, "invalid_request");
    assertThat(refused.at("/detail"))
        .isEqualTo("It is one of off, hourly, 6-hourly, daily, weekly.");
  }

  @Test
  void schedulesNothingThatIsNotActive() {
    assertProblem(setSchedule(create().at("/id"), "daily"), 409, "connection_not_active");
  }
}
