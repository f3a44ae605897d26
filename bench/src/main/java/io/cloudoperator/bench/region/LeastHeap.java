package io.cloudoperator.bench.region;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.SampleCustomer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Table e: how much heap the scanner's read of a region needs, by how much is in the region. */
public final class LeastHeap {
  private static final String OURS = RegionRead.OURS;
  private static final String SDK = RegionRead.SDK;

  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
  private static final Map<String, Integer> MOST_OF = Map.of(OURS, 1_000_000, SDK, 100_000);
  private static final Map<String, Integer> MOST_QUICK = Map.of(OURS, 100_000, SDK, 10_000);

  // What template.yaml could ask for, and the bar.
  private static final int MOST = 256;
  private static final int STEP = 2;

  /** A heap in which all time goes to the collector is too small, though it never says so. */
  private static final int TIMES_AS_LONG = 3;

  private LeastHeap() {}

  public static Result measure(Pass pass) throws Exception {
    Result result = new Result(List.of(OURS, SDK));
    Map<String, Integer> from = new HashMap<>(Map.of(OURS, STEP, SDK, STEP));
    for (int instances : SIZES) {
      for (String who : List.of(OURS, SDK)) {
        if (instances <= (pass.quick() ? MOST_QUICK : MOST_OF).getOrDefault(who, 0)) {
          // What is too little for few is too little for many.
          from.put(who, measure(pass, who, instances, from.getOrDefault(who, STEP), result));
        }
      }
    }
    result.row("10,000: least heap", "MB").ratio(SDK, OURS);
    result.row("1,000,000: least heap", "MB").figure(OURS, Bar.atMost(MOST));
    return result.notes(
        """
        In steps of %d MB; a heap in which it takes over %d times as long as in %d MB counts as too small.
        The reader is a JVM of its own, and the sample AWS in another; the pace of a scan is not kept.
        """,
        STEP, TIMES_AS_LONG, MOST);
  }

  private static int measure(Pass pass, String who, int instances, int from, Result result)
      throws Exception {
    TreeMap<Integer, RegionRead> enough = new TreeMap<>();
    try (SampleCustomer sample = Customer.sample(instances)) {
      Customer customer = Customer.of(sample, Tier.MINIMAL);
      long began = System.nanoTime();
      RegionRead most =
          read(customer, who, instances, MOST, Duration.ofHours(1))
              .orElseThrow(() -> new IOException(MOST + " MB are too little for " + who));
      enough.put(MOST, most);
      Duration longest =
          Duration.ofNanos(System.nanoTime() - began).multipliedBy(TIMES_AS_LONG).plusSeconds(1);
      int least =
          least(
              from,
              MOST,
              heap -> {
                pass.say("%s, %,d instances: %d MB?", who, instances, heap);
                read(customer, who, instances, heap, longest)
                    .ifPresent(read -> enough.put(heap, read));
                return enough.containsKey(heap);
              });
      long resident = enough.firstEntry().getValue().resident();
      result.add("%,d: least heap".formatted(instances), "MB", who, least);
      result.add("%,d: resident at that heap".formatted(instances), "MB", who, resident);
      return least;
    }
  }

  /** Whether a size is enough. */
  @FunctionalInterface
  interface Attempt {
    boolean at(int size) throws Exception;
  }

  /**
   * The least size that is enough. The answer is expected near {@code from}: sizes are doubled from
   * there until one is enough, and what is left is halved.
   *
   * @param from the least that may do
   * @param most known to be enough
   */
  static int least(int from, int most, Attempt attempt) throws Exception {
    int low = from;
    int high = most;
    while (low < high) {
      int next = Math.min(low + (high - low) / 2 / STEP * STEP, 2 * low);
      if (attempt.at(next)) {
        high = next;
      } else {
        low = next + STEP;
      }
    }
    return high;
  }

  private static Optional<RegionRead> read(
      Customer customer, String who, int instances, int heap, Duration longest)
      throws IOException, InterruptedException {
    return RegionRead.of(
        customer,
        who,
        instances,
        List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
        longest);
  }
}
