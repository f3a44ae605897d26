package io.cloudoperator.inventory;

import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The text of a flag, and what it counts.
 *
 * @param counting in how many places of how many it is found
 */
record ApiFlagRule(
    Kind kind, Severity severity, Counting counting, Wording wording, String why, String remedy) {
  /** Counts a flaw among APIs. */
  @FunctionalInterface
  interface Counting {
    FlagCount count(Kind kind, List<Api> apis);
  }

  /** Sums the flags of all APIs, of as many places as each has. */
  static Counting per(ToLongFunction<Api> whole) {
    return (kind, apis) -> FlagCount.of(kind, whole, apis);
  }

  /** What is said of one thing that is counted, and of many. */
  record Wording(String thing, String things, String one, String many, String rest) {}

  /** One line: {@code 3 of 1,200 routes are open to anyone}. */
  String title(long count, long whole) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s %s %s",
        count,
        whole,
        whole == 1 ? wording.thing() : wording.things(),
        count == 1 ? wording.one() : wording.many(),
        wording.rest());
  }
}
