package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.customer.DrainedAnswer;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Figure;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Table b. */
public final class WholeScan {
  private static final String SCAN = "scan";
  private static final String PATH = "critical path";
  private static final int ALL_REGIONS = 34;
  private static final int DRAINED_PAGES = 12;
  private static final int DRAINED_TIMES = 16;

  /** After so long, the JDK keeps no connection; each scan then sets up its own. */
  static final Duration FORGOTTEN = Duration.ofSeconds(6);

  /** Before it is measured: the functions are primed, and so is what stands in for AWS. */
  static final int WARM_UP = 6;

  private record Size(int pages, int warmUp, int rounds, double bar) {}

  private static final List<Size> SIZES =
      List.of(new Size(1, 30, 7, 1.25), new Size(19, 8, 5, 1.15), new Size(100, 2, 3, 1.15));

  private WholeScan() {}

  /** Measures. */
  public static Result measure(Pass pass) throws Exception {
    double page = drainedPage(pass.root());
    List<Row> rows = new ArrayList<>();
    for (Size size : SIZES) {
      if (!pass.quick() || size.pages() < 100) {
        rows.add(row(pass, size, page));
      }
    }
    return new Result(
        List.of(SCAN, PATH),
        rows,
        List.of(
            "From the request over HTTP to the end of the state machine, warm, in one JVM; the account is in another.",
            "Each region takes its round trip for a request, and two more to set up a connection; no connection is left of the scan before.",
            "The critical path has these, the pace, and %.1f ms that the sample takes for 1,000 instances; it has no store, key or state machine."
                .formatted(page),
            "DynamoDB Local, the key and the state machine run in the scan's own JVM: what they take counts against the scan.",
            "bench/target/work/trace-*.txt says what the last scan of each size did when, in milliseconds."));
  }

  /** What the sample itself takes for a page of 1,000 instances, in ms: read, and not looked at. */
  private static double drainedPage(Path root) throws IOException {
    DrainedAnswer drained = new DrainedAnswer();
    try (SampleProcess sample = SampleProcess.start(root, DRAINED_PAGES * CriticalPath.PAGE);
        SdkHttpClient http = UrlConnectionHttpClient.create();
        StsClient sts = sample.customer().sts(http);
        Ec2Client ec2 = sample.customer().ec2(sample.customer().assumeRole(sts), http, drained)) {
      // All times but the last are the sample's warming up: in a scan of many pages it is as warm.
      for (int time = 0; time < DRAINED_TIMES; time++) {
        drained.forget();
        ec2.describeInstancesPaginator(request -> request.maxResults(CriticalPath.PAGE))
            .forEach(_ -> {});
      }
      return new Figure(drained.millis()).median();
    }
  }

  private static Row row(Pass pass, Size size, double page) throws Exception {
    int instances = CriticalPath.instances(size.pages());
    double least = CriticalPath.of(instances, page).millis();
    Row.Builder row = Row.of("%,d pages in the largest region".formatted(size.pages()), "ms");
    try (SampleProcess sample =
            SampleProcess.start(
                pass.root(), instances, ALL_REGIONS, SampleProcess.Distance.CONNECTIONS);
        BackendProcess backend = BackendProcess.start(pass.root(), sample)) {
      warm(pass, backend, size.warmUp());
      for (int round = 0; round < pass.rounds(size.rounds()); round++) {
        MeasuredScan scan = whole(backend);
        pass.say("%d pages: %.0f ms, least %.0f ms", size.pages(), scan.millis(), least);
        row.add(SCAN, scan.millis()).add(PATH, least);
        Files.write(pass.work().resolve("trace-" + size.pages() + ".txt"), scan.usage().trace());
      }
    }
    return row.ratio(SCAN, PATH, Optional.of(Bar.atMost(size.bar()))).build();
  }

  static void warm(Pass pass, BackendProcess backend, int scans) throws Exception {
    for (int scan = 0; scan < pass.rounds(scans); scan++) {
      pass.say("warming up: %.0f ms", backend.scan().millis());
    }
  }

  /** A scan that has to set up its connections. */
  static MeasuredScan whole(BackendProcess backend) throws Exception {
    Thread.sleep(FORGOTTEN);
    MeasuredScan scan = backend.scan();
    if (scan.regions() != ALL_REGIONS) {
      throw new IOException("only " + scan.regions() + " regions were read to the end");
    }
    return scan;
  }
}
