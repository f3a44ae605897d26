package io.cloudoperator.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.template.Trigger.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");

  private final Plans executor = new Plans();
  private final List<String> events = new ArrayList<>();
  private final List<Exception> failures = new ArrayList<>();

  /** An executor whose time passes when a test says so. */
  private static final class Plans extends ScheduledThreadPoolExecutor {
    private final List<Runnable> plans = new ArrayList<>();
    private final List<Duration> periods = new ArrayList<>();

    Plans() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable command, long initialDelay, long period, TimeUnit unit) {
      plans.add(command);
      periods.add(Duration.of(period, unit.toChronoUnit()));
      return super.scheduleAtFixedRate(command, 999, 999, TimeUnit.DAYS);
    }
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  @Test
  void firesTheEventOfTheScheduler() throws Exception {
    start(schedule("rate(5 minutes)"));
    executor.plans.forEach(Runnable::run);

    assertThat(executor.periods).containsExactly(Duration.ofMinutes(5));
    assertThat(events).hasSize(1);
    var event = new ObjectMapper().readTree(events.getFirst());
    assertThat(event.path("source").asText()).isEqualTo("aws.scheduler");
    assertThat(event.path("detail-type").asText()).isEqualTo("Scheduled Event");
    assertThat(event.path("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void goesOnAfterAFailure() {
    try (Schedules _ =
        Schedules.start(
            List.of(schedule("rate(5 minutes)")),
            (_, _) -> {
              throw new IllegalStateException("broken");
            },
            () -> NOW,
            executor,
            (_, failure) -> failures.add(failure))) {
      executor.plans.forEach(Runnable::run);
      executor.plans.forEach(Runnable::run);
    }

    assertThat(failures).hasSize(2);
  }

  @Test
  void firesNoneAfterItIsClosed() {
    start(schedule("rate(5 minutes)")).close();

    assertThat(executor.getQueue())
        .allSatisfy(plan -> assertThat(plan).matches(p -> ((ScheduledFuture<?>) p).isCancelled()));
  }

  @ParameterizedTest
  @CsvSource({
    "rate(1 minute), PT1M",
    "rate(90 minutes), PT1H30M",
    "rate(2 hours), PT2H",
    "rate(1 day), PT24H"
  })
  void readsRates(String expression, Duration every) {
    assertThat(Rate.parse(expression).every()).isEqualTo(every);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron(0 12 * * ? *)",
        "rate(0 minutes)",
        "rate(5 seconds)",
        "at(2026-01-01T00:00:00)"
      })
  void refusesAnyOtherSchedule(String expression) {
    assertThatThrownBy(() -> start(schedule(expression)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The schedule " + expression + " is not known here");
  }

  private Schedules start(Schedule schedule) {
    return Schedules.start(
        List.of(schedule),
        (function, event) -> {
          assertThat(function).isEqualTo("Tick");
          events.add(event);
          return "{}";
        },
        () -> NOW,
        executor,
        (_, failure) -> failures.add(failure));
  }

  private static Schedule schedule(String expression) {
    return new Schedule("Tick", "Every", expression);
  }
}
