package io.cloudoperator.query.report;

import io.cloudoperator.call.Reading;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.runtime.Choice;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a report says what is no text of its own. */
final class ReportWords {
  static final String UNKNOWN = "unknown";

  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Pattern ACRONYM = Pattern.compile("\\b(api|iam|jwt|scp|url)\\b");

  private ReportWords() {}

  static String words(Enum<?> value) {
    return spaced(Choice.word(value));
  }

  static String spaced(String word) {
    return ACRONYM
        .matcher(word.replace('_', ' '))
        .replaceAll(found -> found.group().toUpperCase(Locale.ROOT));
  }

  /** A number, or that it is unknown: the release that scanned did not count it. */
  static Object number(OptionalLong count) {
    return count.isPresent() ? (Object) count.getAsLong() : UNKNOWN;
  }

  static String why(Reading.Unread<?> unread) {
    return "%s (%s)".formatted(words(unread.reason()), unread.code());
  }

  static String status(@Nullable Reading<Counts> reading) {
    return reading == null ? UNKNOWN : reading.unread().map(ReportWords::why).orElse("complete");
  }

  static String reason(@Nullable Reading<Counts> reading) {
    return reading == null
        ? UNKNOWN
        : reading.unread().map(unread -> words(unread.reason())).orElse("");
  }
}
