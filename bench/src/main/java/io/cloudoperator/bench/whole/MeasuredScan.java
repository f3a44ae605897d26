package io.cloudoperator.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A scan on demand, done, and what it has used.
 *
 * @param millis from the request to the end of the execution
 * @param executionMillis of the state machine
 * @param states left by the execution: what a Standard machine is billed by
 * @param snapshot as the API answers it
 * @param spans everything that took time until what it displaces was trimmed
 * @param inventory bytes of each item that it takes in DynamoDB, compressed
 * @param heapMegabytes that the backend used at most at any time so far, garbage included
 * @param residentMegabytes that it had at most
 */
record MeasuredScan(
    double millis,
    double executionMillis,
    int states,
    JsonNode snapshot,
    List<Span> spans,
    List<Integer> inventory,
    double heapMegabytes,
    long residentMegabytes) {
  /** In place of a region: an invocation of a function. */
  static final String INVOCATION = "";

  /**
   * A request or an invocation.
   *
   * @param what {@code service.operation}, or the function
   * @param where a region, or {@link #INVOCATION}
   * @param begun in nanoseconds, as {@link System#nanoTime} has them
   * @param reads of DynamoDB, in units
   * @param writes of DynamoDB, in units of AWS
   * @param writesSaid in those that DynamoDB Local says
   */
  record Span(
      String what,
      String where,
      long begun,
      long ended,
      double reads,
      double writes,
      double writesSaid) {
    double millis() {
      return (ended - begun) / 1e6;
    }

    boolean isInvocation() {
      return where.equals(INVOCATION);
    }
  }

  /** A line for each span, in the order of their beginnings. */
  List<String> trace() {
    long first = spans.stream().mapToLong(Span::begun).min().orElse(0);
    return spans.stream()
        .sorted(Comparator.comparingLong(Span::begun))
        .map(span ->
            String.format(
                Locale.ROOT,
                "%8.1f %8.1f %7.1f %s %s",
                (span.begun - first) / 1e6,
                (span.ended - first) / 1e6,
                span.millis(),
                span.what,
                span.where))
        .toList();
  }

  /** The units that were written, as AWS counts them. */
  double writes() {
    return spans.stream().mapToDouble(Span::writes).sum();
  }

  /** The units that DynamoDB Local says were written. */
  double writesSaid() {
    return spans.stream().mapToDouble(Span::writesSaid).sum();
  }

  /** The units that DynamoDB says were read. */
  double reads() {
    return spans.stream().mapToDouble(Span::reads).sum();
  }

  /** How often this was asked, or this function invoked. */
  long count(String what) {
    return spans.stream().map(Span::what).filter(Predicate.isEqual(what)).count();
  }
}
