package io.cloudoperator.platform.schedule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a schedule fires: {@code rate(5 minutes)}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based">Rate-based
 *     schedules</a>
 */
public record Rate(Duration every) {
  private static final Pattern RATE =
      Pattern.compile("rate\\((\\d{1,6}) (minute|minutes|hour|hours|day|days)\\)");

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is not a rate of at least one minute
   */
  public static Rate parse(String expression) {
    Matcher matcher = RATE.matcher(expression);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      throw new IllegalArgumentException("The schedule " + expression + " is not known here");
    }
    int value = Integer.parseInt(matcher.group(1));
    return new Rate(
        switch (matcher.group(2).charAt(0)) {
          case 'm' -> Duration.ofMinutes(value);
          case 'h' -> Duration.ofHours(value);
          default -> Duration.ofDays(value);
        });
  }
}
