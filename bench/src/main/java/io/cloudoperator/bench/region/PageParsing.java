package io.cloudoperator.bench.region;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.SampleCustomer;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Table a: our client against the SDK's, on the same page. */
public final class PageParsing {
  /** The most that EC2 puts on a page. */
  static final int INSTANCES = 1000;

  private static final String DRAIN = "drain alone";
  private static final String OURS = RegionRead.OURS;
  private static final String SDK = RegionRead.SDK;

  // How often a fresh JVM makes its first call, and JMH a fresh JVM.
  private static final int FIRST_CALLS = 9;
  private static final int FORKS = 3;
  private static final int SAMPLE_WARM_UPS = 100;

  private static final int FEW = 5;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  // https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html
  private static final List<String> AS_LAMBDA_STARTS_IT =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  // EC2 indents each level by four blanks, and the sample AWS by one.
  private static final Pattern INDENT = Pattern.compile("(?m)^ +");

  private PageParsing() {}

  public static Result measure(Pass pass) throws Exception {
    Path page = pass.work("page.xml");
    Files.writeString(
        page,
        INDENT
            .matcher(new String(DrainedPages.of(1, 1).body(), StandardCharsets.UTF_8))
            .replaceAll(found -> found.group().repeat(4)));
    Result result = new Result(List.of(DRAIN, OURS, SDK));
    Result.Row time = result.row("a page, warm", "ms");
    Result.Row allocated = result.row("allocated for a page", "MB");
    for (int fork = 1; fork <= pass.rounds(FORKS); fork++) {
      pass.say("JMH, fork %d of %d of each", fork, pass.rounds(FORKS));
      for (var subject :
          List.of(Map.entry("drain", DRAIN), Map.entry("ours", OURS), Map.entry("sdk", SDK))) {
        RunResult measured = fork(pass, page, subject.getKey());
        time.add(subject.getValue(), measured.getPrimaryResult().getScore());
        var bytes =
            Objects.requireNonNull(
                measured.getSecondaryResults().get("gc.alloc.rate.norm"),
                "the profiler said nothing");
        allocated.add(subject.getValue(), bytes.getScore() / 1e6);
      }
    }
    time.ratio(SDK, OURS, Bar.atLeast(4));
    allocated.ratio(SDK, OURS, Bar.atLeast(40));
    firstCalls(pass, FEW, result.row("first call in a JVM, 5 instances", "ms"));
    firstCalls(pass, INSTANCES, result.row("first call in a JVM, 1,000 instances", "ms"));
    return result.notes(
        """
        The page has %,d bytes; warm pages come from memory, through each client's whole pipeline.
        A first call makes the client and reads a region over loopback, after one AssumeRole, in a JVM with C1 and Serial alone, as Lambda starts one without a snapshot.
        With 5 instances a first call is what starting takes; with 1,000 also how fast code that is not compiled yet reads the page, and what the sample AWS takes for it in both.
        """,
        Files.size(page));
  }

  private static RunResult fork(Pass pass, Path page, String benchmark) throws RunnerException {
    return new Runner(
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
                .build())
        .runSingle();
  }

  private static void firstCalls(Pass pass, int instances, Result.Row row)
      throws IOException, InterruptedException {
    pass.say("%s, %d times", row.what(), pass.rounds(FIRST_CALLS));
    try (SampleCustomer sample = Customer.sample(instances)) {
      Customer customer = Customer.of(sample, Tier.MINIMAL);
      warm(customer);
      for (int round = 0; round < pass.rounds(FIRST_CALLS); round++) {
        row.add(OURS, firstCall(customer, OURS, instances));
        row.add(SDK, firstCall(customer, SDK, instances));
      }
    }
    row.ratio(SDK, OURS, Bar.atLeast(8));
  }

  // The sample AWS has first calls of its own: it would still be compiled, on the processors of
  // those that are measured.
  private static void warm(Customer customer) {
    try (SdkHttpClient http = StsRoleSessions.httpClient();
        StsClient sts = customer.sts(http)) {
      RoleSession session = customer.session(sts, http);
      for (int i = 0; i < SAMPLE_WARM_UPS; i++) {
        RegionRead.instances(session);
      }
    }
  }

  private static double firstCall(Customer customer, String who, int instances)
      throws IOException, InterruptedException {
    return RegionRead.of(customer, who, instances, AS_LAMBDA_STARTS_IT, LONGEST)
        .orElseThrow(() -> new IOException("the first call of " + who + " failed"))
        .millis();
  }
}
