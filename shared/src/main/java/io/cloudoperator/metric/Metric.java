package io.cloudoperator.metric;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * How many things of a resource have some property, such as instances that allow IMDSv1.
 *
 * @param <F> the facts of one thing
 * @param name of the member in JSON, and in CSV and trends, such as {@code imdsV1Allowed}
 * @param words the column's head in tables for people, such as {@code IMDSv1 allowed}
 * @param counted whether one thing has it, at the time of the scan
 * @param flag the risk flag that it raises where it is more than zero; empty if it is no risk
 */
public record Metric<F>(
    String name, String words, BiPredicate<F, Instant> counted, Optional<Flag> flag) {

  /** One that raises a flag, and does not depend on the time. */
  public static <F> Metric<F> flagged(String name, String words, Predicate<F> counted, Flag flag) {
    return flagged(name, words, (facts, _) -> counted.test(facts), flag);
  }

  public static <F> Metric<F> flagged(
      String name, String words, BiPredicate<F, Instant> counted, Flag flag) {
    return new Metric<>(name, words, counted, Optional.of(flag));
  }

  /**
   * What a risk flag says of a metric.
   *
   * @param kind its stable code in JSON, such as {@code imdsv1_allowed}
   * @param one the verb where there is one of it, such as {@code answers}
   * @param many the verb where there are more, such as {@code answer}
   * @param rest of the sentence that begins with how many
   * @param why what may happen
   * @param remedy what to do
   */
  public record Flag(
      String kind,
      Severity severity,
      String one,
      String many,
      String rest,
      String why,
      String remedy) {

    /** In one line, such as {@code 1 of 7 instances has a public IPv4 address}. */
    public String title(long count, long whole, String thing) {
      return "%s of %s %s %s"
          .formatted(
              EnglishCounts.number(count),
              EnglishCounts.count(whole, thing),
              count == 1 ? one : many,
              rest);
    }
  }
}
