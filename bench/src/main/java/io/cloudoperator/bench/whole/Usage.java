package io.cloudoperator.bench.whole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done in a while.
 *
 * @param requests by {@code service.operation}
 * @param units of DynamoDB by {@code reads} and {@code writes}, and by operation
 * @param invocations milliseconds of each, by function
 * @param spans everything that took time, in the order of its beginning
 */
record Usage(
    Map<String, Integer> requests,
    Map<String, Double> units,
    Map<String, List<Double>> invocations,
    List<Span> spans) {

  /**
   * A request or an invocation.
   *
   * @param where a region, or nothing
   * @param begun in milliseconds since the first of them
   */
  record Span(String what, String where, double begun, double ended) {}

  /** A line for each span. */
  List<String> trace() {
    return spans.stream()
        .map(span ->
            String.format(
                Locale.ROOT,
                "%8.1f %8.1f %7.1f %s %s",
                span.begun,
                span.ended,
                span.ended - span.begun,
                span.what,
                span.where))
        .toList();
  }

  double writes() {
    return units.getOrDefault("writes", 0.0);
  }

  double reads() {
    return units.getOrDefault("reads", 0.0);
  }

  int requests(String what) {
    return requests.getOrDefault(what, 0);
  }

  /** Collects it; safe for use by many threads. */
  static final class Counter {
    private final Map<String, Integer> requests = new TreeMap<>();
    private final Map<String, Double> units = new TreeMap<>();
    private final Map<String, List<Double>> invocations = new TreeMap<>();
    private final List<Raw> spans = new ArrayList<>();

    private record Raw(String what, String where, long begun, long ended) {}

    synchronized void called(
        String what, String where, long begun, long ended, Map<String, Double> consumed) {
      requests.merge(what, 1, Integer::sum);
      consumed.forEach((kind, each) -> {
        units.merge(kind, each, Double::sum);
        units.merge(what, each, Double::sum);
      });
      spans.add(new Raw(what, where, begun, ended));
    }

    synchronized void invoked(String function, long begun, long ended) {
      invocations.computeIfAbsent(function, _ -> new ArrayList<>()).add((ended - begun) / 1e6);
      spans.add(new Raw(function, "", begun, ended));
    }

    synchronized Usage take() {
      long first = spans.stream().mapToLong(Raw::begun).min().orElse(0);
      Usage usage =
          new Usage(
              new TreeMap<>(requests),
              new TreeMap<>(units),
              new TreeMap<>(invocations),
              spans.stream()
                  .map(raw ->
                      new Span(
                          raw.what,
                          raw.where,
                          (raw.begun - first) / 1e6,
                          (raw.ended - first) / 1e6))
                  .sorted(Comparator.comparingDouble(Span::begun))
                  .toList());
      requests.clear();
      units.clear();
      invocations.clear();
      spans.clear();
      return usage;
    }
  }
}
