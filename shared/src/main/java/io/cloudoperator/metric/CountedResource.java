package io.cloudoperator.metric;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A resource that is counted, such as EC2 instances, with its breakdowns and metrics. Immutable.
 *
 * @param <F> the facts of one thing, which are forgotten once it is counted
 * @param name of the member in JSON, and of the total in CSV and trends, such as {@code instances}
 * @param thing one of them, such as {@code instance}
 * @param scope of what one reading speaks
 */
public record CountedResource<F>(
    String name,
    String thing,
    Scope scope,
    List<Breakdown<F>> breakdowns,
    List<Metric<F>> metrics) {
  /** The resource whose trends and columns have no prefix: they are older than the others. */
  private static final String WITHOUT_PREFIX = "instances";

  public CountedResource {
    breakdowns = List.copyOf(breakdowns);
    metrics = List.copyOf(metrics);
  }

  /** Of what one reading speaks. */
  public enum Scope {
    REGION,
    /** One resource alone is counted so, S3's buckets: scans and stored forms have its place. */
    ACCOUNT
  }

  /** Counts of no things: every declared count is zero. */
  public Counts none() {
    return tally(Instant.EPOCH).counts();
  }

  /** Begins to count; ages are measured against that time. */
  public Tally<F> tally(Instant now) {
    return new Tally<>(this, now);
  }

  /** The sum of counts; zero of none. */
  public Counts sum(Collection<Counts> parts) {
    return parts.stream().reduce(Counts::plus).orElseGet(this::none);
  }

  /** How many are in no state that a breakdown declares as gone; metrics count among these. */
  public long live(Counts counts) {
    long live = counts.total();
    for (Breakdown<F> breakdown : breakdowns) {
      for (String value : breakdown.gone()) {
        live -= counts.of(breakdown.name(), value);
      }
    }
    return live;
  }

  /** Under which name trends and CSV have a metric: those of instances have no prefix. */
  public String qualified(Metric<?> metric) {
    return qualified(metric.name());
  }

  /** Before which dot trends and CSV have the values of a breakdown. */
  public String qualified(Breakdown<?> breakdown) {
    return breakdown.trended() ? name : qualified(breakdown.word());
  }

  private String qualified(String member) {
    return name.equals(WITHOUT_PREFIX) ? member : name + "." + member;
  }

  /** The numbers that a trend compares, by name, in the order in which people read them. */
  public Map<String, Long> trended(Counts counts) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put(name, counts.total());
    for (Breakdown<F> breakdown : breakdowns) {
      if (breakdown.trended()) {
        counts
            .by(breakdown.name())
            .forEach((value, count) -> numbers.put(qualified(breakdown) + "." + value, count));
      }
    }
    for (Metric<F> metric : metrics) {
      counts.metric(metric.name()).ifPresent(count -> numbers.put(qualified(metric), count));
    }
    return numbers;
  }
}
