package io.cloudoperator.bench.heap;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.Table;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Table e: how much heap the scanner's read of a region needs, by how much is in the region. */
public final class LeastHeap implements Table {
  private static final String OURS = "ours";
  private static final String SDK = "ec2 module";

  // What template.yaml could ask for, and the bar of issue 4.
  private static final int MOST = 256;
  private static final int STEP = 2;

  /** A heap in which all time goes to the collector is too small, though it never says so. */
  private static final int TIMES_AS_LONG = 3;

  @Override
  public String name() {
    return "e";
  }

  @Override
  public String title() {
    return "The least heap (-Xmx, Serial GC) that reads a region of so many instances";
  }

  @Override
  public Result measure(Pass pass) throws Exception {
    Row.Builder first = Row.of("10,000: least heap", "MB");
    Row.Builder firstResident = Row.of("10,000: resident at that heap", "MB");
    Read ours = least(pass, ReadRegion.OURS, 10_000, STEP);
    first.add(OURS, ours.heap());
    firstResident.add(OURS, ours.resident());
    Read sdk = least(pass, ReadRegion.SDK, 10_000, STEP);
    first.add(SDK, sdk.heap());
    firstResident.add(SDK, sdk.resident());

    // What is too little for few is too little for many.
    Row.Builder second = Row.of("100,000: least heap", "MB");
    Row.Builder secondResident = Row.of("100,000: resident at that heap", "MB");
    ours = least(pass, ReadRegion.OURS, 100_000, ours.heap());
    second.add(OURS, ours.heap());
    secondResident.add(OURS, ours.resident());
    if (!pass.quick()) {
      sdk = least(pass, ReadRegion.SDK, 100_000, sdk.heap());
      second.add(SDK, sdk.heap());
      secondResident.add(SDK, sdk.resident());
    }

    Row.Builder third = Row.of("1,000,000: least heap", "MB");
    Row.Builder thirdResident = Row.of("1,000,000: resident at that heap", "MB");
    if (!pass.quick()) {
      ours = least(pass, ReadRegion.OURS, 1_000_000, ours.heap());
      third.add(OURS, ours.heap());
      thirdResident.add(OURS, ours.resident());
    }
    third.figure(OURS, Bar.atMost(MOST));
    return new Result(
        List.of(OURS, SDK),
        List.of(
            first.ratio(SDK, OURS, Optional.empty()).build(),
            firstResident.build(),
            second.build(),
            secondResident.build(),
            third.build(),
            thirdResident.build()),
        List.of(
            "In steps of %d MB; a heap in which it takes over %d times as long as in %d MB counts as too small."
                .formatted(STEP, TIMES_AS_LONG, MOST),
            "The reader is a JVM of its own, and so is the sample AWS; the pace of a scan is not kept."));
  }

  /**
   * What a read needed.
   *
   * @param heap in MB
   * @param resident in MB, at most
   */
  private record Read(int heap, int resident, Duration took) {}

  private static Read least(Pass pass, String who, int instances, int from) throws Exception {
    try (SampleProcess sample = SampleProcess.start(pass.root(), instances)) {
      Read enough =
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
              })
          .result();
    }
  }

  private static Optional<Read> read(
      SampleProcess sample, String who, int instances, int heap, Duration longest)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Jvm.command(
                    List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
                    ReadRegion.class,
                    sample.customer().arguments(who)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] words = said.strip().split(" ", -1);
      if (process.exitValue() != 0 || words.length != 2) {
        return Optional.empty();
      }
      if (Long.parseLong(words[0]) != instances) {
        throw new IOException(who + " read " + words[0] + " instances");
      }
      return Optional.of(new Read(heap, Integer.parseInt(words[1]), took));
    } finally {
      process.destroyForcibly();
    }
  }
}
