package io.cloudoperator.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Reads the times of answers, in the forms in which EC2 writes them. A formatter of java.time makes
 * more garbage of one time than the rest of its instance, and takes a third of a first call.
 */
public final class Timestamps {
  private static final String DATE_TIME = "0000-00-00 00:00:00";
  private static final int SECONDS_OF_DAY = 86_400;

  private Timestamps() {}

  /**
   * Such as {@code 2024-01-01T12:00:00.000Z}, or any other form of ISO 8601 with an offset; empty
   * if it is none.
   */
  public static Optional<Instant> iso(CharSequence text) {
    int end = DATE_TIME.length();
    if (text.length() == "2024-01-01T12:00:00.000Z".length()
        && text.charAt(end) == '.'
        && text.charAt(text.length() - 1) == 'Z') {
      int millis = digits(text, end + 1, 3);
      return millis < 0 ? Optional.empty() : at(text, 0, 'T').map(time -> time.plusMillis(millis));
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /**
   * Of a transition's reason, such as {@code User initiated (2024-01-01 12:00:00 GMT)}; empty if it
   * has none.
   */
  public static Optional<Instant> ofReason(CharSequence reason) {
    for (int i = 0; i + " GMT)".length() + DATE_TIME.length() < reason.length(); i++) {
      if (reason.charAt(i) == '(') {
        int end = i + 1 + DATE_TIME.length();
        CharSequence zone = reason.subSequence(end, end + " GMT)".length());
        Optional<Instant> at = at(reason, i + 1, ' ');
        if (at.isPresent() && (" GMT)".contentEquals(zone) || " UTC)".contentEquals(zone))) {
          return at;
        }
      }
    }
    return Optional.empty();
  }

  /** A date and a time of day in UTC, with this between them. */
  private static Optional<Instant> at(CharSequence text, int from, char between) {
    for (int i = 0; i < DATE_TIME.length(); i++) {
      char form = DATE_TIME.charAt(i);
      char actual = text.charAt(from + i);
      if (form == '0' ? actual < '0' || actual > '9' : actual != (form == ' ' ? between : form)) {
        return Optional.empty();
      }
    }
    int hour = digits(text, from + 11, 2);
    int minute = digits(text, from + 14, 2);
    int second = digits(text, from + 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    try {
      LocalDate day =
          LocalDate.of(digits(text, from, 4), digits(text, from + 5, 2), digits(text, from + 8, 2));
      return Optional.of(
          Instant.ofEpochSecond(
              day.toEpochDay() * SECONDS_OF_DAY + (hour * 60L + minute) * 60 + second));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Negative if one of them is no digit. */
  private static int digits(CharSequence text, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
