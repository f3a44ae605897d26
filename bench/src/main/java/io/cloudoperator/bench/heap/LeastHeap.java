package io.cloudoperator.bench.heap;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.customer.RegionRead;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.heap.Search.Found;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Rows;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Measures. */
  public static Result measure(Pass pass) throws Exception {
    Rows rows = new Rows();
    Map<String, Integer> from = new HashMap<>(Map.of(OURS, STEP, SDK, STEP));
    for (int instances : SIZES) {
      String heap = "%,d: least heap".formatted(instances);
      for (String who : List.of(OURS, SDK)) {
        if (instances <= (pass.quick() ? MOST_QUICK : MOST_OF).getOrDefault(who, 0)) {
          // What is too little for few is too little for many.
          Found<RegionRead> least = least(pass, who, instances, from.getOrDefault(who, STEP));
          from.put(who, least.size());
          rows.add(heap, "MB", who, least.size());
          rows.add(
              "%,d: resident at that heap".formatted(instances),
              "MB",
              who,
              least.result().resident());
        }
      }
    }
    rows.row("10,000: least heap", "MB").ratio(SDK, OURS, Optional.empty());
    rows.row("1,000,000: least heap", "MB").figure(OURS, Bar.atMost(MOST));
    return new Result(
        List.of(OURS, SDK),
        rows.built(),
        List.of(
            "In steps of %d MB; a heap in which it takes over %d times as long as in %d MB counts as too small."
                .formatted(STEP, TIMES_AS_LONG, MOST),
            "The reader is a JVM of its own, and so is the sample AWS; the pace of a scan is not kept."));
  }

  private static Found<RegionRead> least(Pass pass, String who, int instances, int from)
      throws Exception {
    try (SampleProcess sample = SampleProcess.start(pass.root(), instances)) {
      RegionRead enough =
          read(sample, who, instances, MOST, Duration.ofHours(1))
              .orElseThrow(() -> new IOException(MOST + " MB are too little for " + who));
      Duration longest = enough.took().multipliedBy(TIMES_AS_LONG).plus(Duration.ofSeconds(1));
      return Search.least(
          from,
          MOST,
          STEP,
          enough,
          heap -> {
            pass.say("%s, %,d instances: %d MB?", who, instances, heap);
            return read(sample, who, instances, heap, longest);
          });
    }
  }

  private static Optional<RegionRead> read(
      SampleProcess sample, String who, int instances, int heap, Duration longest)
      throws IOException, InterruptedException {
    return RegionRead.of(
        sample.customer(),
        who,
        instances,
        List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
        longest);
  }
}
