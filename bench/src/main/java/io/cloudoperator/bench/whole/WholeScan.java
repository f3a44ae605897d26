package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.region.Customer;
import io.cloudoperator.bench.region.DrainedPages;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.SampleCustomer;
import io.cloudoperator.sample.SampleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Table b. */
public final class WholeScan {
  /** As many as the sample has regions; all of them are read. */
  static final int ALL = 34;

  private static final String SCAN = "scan";
  private static final String PATH = "critical path";

  /** After so long, the JDK keeps no connection; each scan then sets up its own. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(6);

  private record Size(int pages, int warmUp, int rounds, double bar) {}

  private static final List<Size> SIZES =
      List.of(new Size(1, 200, 7, 1.15), new Size(19, 8, 5, 1.15), new Size(100, 2, 3, 1.15));

  private WholeScan() {}

  public static Result measure(Pass pass) throws Exception {
    // What the sample itself takes for a page of 1,000 instances. All times but the last are its
    // warming up: in a scan of many pages it is as warm.
    double page = new Result.Figure(DrainedPages.of(12, 16).millis()).median();
    Result result = new Result(List.of(SCAN, PATH));
    for (Size size : SIZES) {
      if (!pass.quick() || size.pages() < 100) {
        measure(
            pass,
            size,
            page,
            result.row("%,d pages in the largest region".formatted(size.pages()), "ms"));
      }
    }
    return result.notes(
        """
        From the request over HTTP to the end of the state machine, warm, in one JVM; the account is in another.
        Each region takes its round trip for a request, and two more to set up a connection; no connection is left of the scan before.
        The critical path has these, the pace, and %.1f ms that the sample takes for 1,000 instances; it has no store, key or state machine.
        DynamoDB Local, the key and the state machine run in the scan's own JVM: what they take counts against the scan.
        bench/target/work/trace-*.txt says what the last scan of each size did when, in milliseconds.
        """,
        page);
  }

  private static void measure(Pass pass, Size size, double page, Result.Row row) throws Exception {
    int instances = CriticalPath.instances(size.pages());
    double least = CriticalPath.of(instances, page).millis();
    try (SampleCustomer sample = Customer.sample(distant(instances));
        Backend backend =
            new Backend(
                pass, new Backend.Design(Customer.of(sample, Tier.MINIMAL), Tier.MINIMAL))) {
      warm(pass, backend, size.warmUp());
      for (int round = 0; round < pass.rounds(size.rounds()); round++) {
        MeasuredScan scan = whole(backend);
        pass.say("%d pages: %.0f ms, least %.0f ms", size.pages(), scan.millis(), least);
        row.add(SCAN, scan.millis()).add(PATH, least);
        Files.write(pass.work("trace-" + size.pages() + ".txt"), scan.trace());
      }
    }
    row.ratio(SCAN, PATH, Bar.atMost(size.bar()));
  }

  /** So many instances, in regions as far away as they are, without APIs. */
  static SampleConfig distant(int instances) {
    return SampleConfig.defaults()
        .withRegions(ALL)
        .withInstances(instances)
        .withApis(0)
        .withLatency(CriticalPath.TRIPS);
  }

  /** Scans, not to be measured: the functions are primed, and so is what stands in for AWS. */
  static void warm(Pass pass, Backend backend, int scans) throws Exception {
    for (int scan = 0; scan < pass.rounds(scans); scan++) {
      pass.say("warming up: %.0f ms", backend.scan().millis());
    }
  }

  /** A scan that has to set up its connections. */
  static MeasuredScan whole(Backend backend) throws Exception {
    Thread.sleep(FORGOTTEN);
    MeasuredScan scan = backend.scan();
    int regions = scan.snapshot().path("coverage").path("complete").asInt();
    if (regions != ALL) {
      throw new IOException("only " + regions + " regions were read to the end");
    }
    return scan;
  }
}
