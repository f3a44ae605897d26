package io.cloudoperator.runtime.view;

import io.cloudoperator.connection.Schedule;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Schedules as the API names them: off, hourly, 6-hourly, daily, weekly. */
public final class ScheduleName {
  private ScheduleName() {}

  /** The API's name of a schedule. */
  public static String of(Schedule schedule) {
    return schedule == Schedule.SIX_HOURLY ? "6-hourly" : schedule.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The schedule of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Schedule parse(String name) {
    return Arrays.stream(Schedule.values())
        .filter(schedule -> of(schedule).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a schedule is one of "
                    + Arrays.stream(Schedule.values())
                        .map(ScheduleName::of)
                        .collect(Collectors.joining(", "))));
  }
}
