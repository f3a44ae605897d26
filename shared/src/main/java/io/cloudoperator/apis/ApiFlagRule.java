package io.cloudoperator.apis;

import io.cloudoperator.scan.RiskFlag.Kind;
import io.cloudoperator.scan.RiskFlag.Severity;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What is said of a flaw.
 *
 * @param whole of how many in an API it is told
 */
record ApiFlagRule(
    Kind kind,
    Severity severity,
    ToLongFunction<Api> whole,
    Wording wording,
    String why,
    String remedy) {
  /**
   * What is said of one, and of many.
   *
   * @param thing that is counted, in the singular; with an s it is the plural
   */
  record Wording(String thing, String one, String many, String rest) {}

  /** One line: {@code 3 of 1,200 routes are open to anyone}. */
  String title(long count, long whole) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s%s %s %s",
        count,
        Math.max(count, whole),
        wording.thing(),
        Math.max(count, whole) == 1 ? "" : "s",
        count == 1 ? wording.one() : wording.many(),
        wording.rest());
  }
}
