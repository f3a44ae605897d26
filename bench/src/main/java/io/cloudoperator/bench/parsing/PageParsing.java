package io.cloudoperator.bench.parsing;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.bench.customer.RegionRead;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.jvm.Jvm;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Table a: our client against the SDK's, on the same page. */
public final class PageParsing {
  private static final String DRAIN = "drain alone";
  private static final String OURS = RegionRead.OURS;
  private static final String SDK = RegionRead.SDK;

  // How often a fresh JVM makes its first call, and JMH a fresh JVM.
  private static final int FIRST_CALLS = 9;
  private static final int FORKS = 3;

  private static final int FEW = 5;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  // https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html
  private static final List<String> AS_LAMBDA_STARTS_IT =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private PageParsing() {}

  /** Measures. */
  public static Result measure(Pass pass) throws Exception {
    Path page = pass.work().resolve("page.xml");
    long bytes = Page.write(pass.root(), page);
    Row.Builder time = Row.of("a page, warm", "ms");
    Row.Builder allocated = Row.of("allocated for a page", "MB");
    for (int fork = 1; fork <= pass.rounds(FORKS); fork++) {
      pass.say("JMH, fork %d of %d of each", fork, pass.rounds(FORKS));
      fork(pass, page, "drain", DRAIN, time, allocated);
      fork(pass, page, "ours", OURS, time, allocated);
      fork(pass, page, "sdk", SDK, time, allocated);
    }
    return new Result(
        List.of(DRAIN, OURS, SDK),
        List.of(
            time.ratio(SDK, OURS, Optional.of(Bar.atLeast(4))).build(),
            allocated.ratio(SDK, OURS, Optional.of(Bar.atLeast(40))).build(),
            firstCall(pass, FEW, "first call in a JVM, 5 instances")
                .ratio(SDK, OURS, Optional.of(Bar.atLeast(8)))
                .build(),
            firstCall(pass, Page.INSTANCES, "first call in a JVM, 1,000 instances")
                .ratio(SDK, OURS, Optional.of(Bar.atLeast(8)))
                .build()),
        List.of(
            "The page has %,d bytes; warm pages come from memory, through each client's whole pipeline."
                .formatted(bytes),
            "A first call makes the client and reads a region over loopback, after one AssumeRole, in a JVM with C1 and Serial"
                + " alone, as Lambda starts one without a snapshot.",
            "With 5 instances a first call is what starting takes;"
                + " with 1,000 also how fast code that is not compiled yet reads 7 MB, and 10 ms of the sample AWS in both."));
  }

  private static void fork(
      Pass pass,
      Path page,
      String benchmark,
      String subject,
      Row.Builder time,
      Row.Builder allocated)
      throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + ParsingBenchmark.class.getName() + "\\." + benchmark + "$")
            .forks(1)
            .warmupIterations(pass.quick() ? 2 : 5)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(pass.quick() ? 2 : 5)
            .measurementTime(TimeValue.seconds(2))
            .addProfiler(GCProfiler.class)
            .jvm(Jvm.launcher())
            .jvmArgs(
                "-Xms1g",
                "-Xmx1g",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + ParsingBenchmark.PAGE + "=" + page)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    time.add(subject, result.getPrimaryResult().getScore());
    var bytes =
        Objects.requireNonNull(
            result.getSecondaryResults().get("gc.alloc.rate.norm"), "the profiler said nothing");
    allocated.add(subject, bytes.getScore() / 1e6);
  }

  private static Row.Builder firstCall(Pass pass, int instances, String what)
      throws IOException, InterruptedException {
    Row.Builder row = Row.of(what, "ms");
    pass.say("%s, %d times", what, pass.rounds(FIRST_CALLS));
    try (SampleProcess sample = SampleProcess.start(pass.root(), instances)) {
      // The sample AWS has first calls of its own.
      firstCall(sample.customer(), OURS, instances);
      firstCall(sample.customer(), SDK, instances);
      for (int round = 0; round < pass.rounds(FIRST_CALLS); round++) {
        row.add(OURS, firstCall(sample.customer(), OURS, instances));
        row.add(SDK, firstCall(sample.customer(), SDK, instances));
      }
    }
    return row;
  }

  private static double firstCall(Customer customer, String who, int instances)
      throws IOException, InterruptedException {
    return RegionRead.of(customer, who, instances, AS_LAMBDA_STARTS_IT, LONGEST)
        .orElseThrow(() -> new IOException("the first call of " + who + " failed"))
        .millis();
  }
}
