package io.cloudoperator.runtime.view;

import io.cloudoperator.connection.Schedule;
import io.cloudoperator.runtime.Choice;
import java.util.List;

/** Schedules as the API names them: off, hourly, 6-hourly, daily, weekly. */
public final class ScheduleName {
  private ScheduleName() {}

  /** The API's name of a schedule. */
  public static String of(Schedule schedule) {
    return schedule == Schedule.SIX_HOURLY ? "6-hourly" : Choice.word(schedule);
  }

  /**
   * The schedule of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Schedule parse(String name) {
    return Choice.of(List.of(Schedule.values()), ScheduleName::of, name);
  }
}
