package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.customer.Pressure;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.customer.SampleProcess.Apis;
import io.cloudoperator.bench.customer.SampleProcess.Distance;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Rows;
import java.io.IOException;
import java.util.List;

/** Table h. */
public final class ManyApis {
  private static final String TIME = "a scan";
  private static final String UNREAD = "sources not read";
  private static final String THROTTLED = "throttled answers";
  private static final String RESOURCES = "GetResources of a region in any 2 s, at most";
  private static final int INSTANCES = 1200;
  private static final int REGIONS = 34;
  private static final int MIXED = 60;
  private static final int ALIKE = 500;
  private static final int ROUTES = 50;
  private static final String FEW = "%d APIs".formatted(MIXED);
  private static final String MANY = "%d and %d APIs".formatted(MIXED, ALIKE);

  /** TimeoutSeconds of the state machine: what takes longer ends without a snapshot. */
  private static final double LONGEST_SECONDS = 295;

  private ManyApis() {}

  /** Measures. */
  public static Result measure(Pass pass) throws Exception {
    Rows rows = new Rows();
    scan(pass, FEW, new Apis(MIXED, 0, 0), 2, rows);
    if (!pass.quick()) {
      scan(pass, MANY, new Apis(MIXED, ALIKE, ROUTES), 0, rows);
    }
    rows.row(TIME, "s").figure(MANY, Bar.atMost(LONGEST_SECONDS));
    rows.row(UNREAD, "").figure(MANY, Bar.atMost(0));
    rows.row(THROTTLED, "").figure(MANY, Bar.atMost(0));
    rows.row(RESOURCES, "").figure(MANY, Bar.atMost(5));
    return new Result(
        List.of(FEW, MANY),
        rows.built(),
        List.of(
            "From the request over HTTP to the end of the state machine, whose limit is %.0f s; Lambda's are enforced too."
                .formatted(LONGEST_SECONDS),
            "%d APIs are of every kind and in all regions; the %d besides are REST APIs of %d routes each, all in the largest region."
                .formatted(MIXED, ALIKE, ROUTES),
            "The sample AWS enforces API Gateway's quotas of its control plane: 10 requests a second after a burst of 40, GetResources 5 in 2 s.",
            "Each region is as far away as it is from us-east-1; connections to it take two round trips more, for the services of the minimal tier.",
            "The first column is a scan of a warm backend; the second the first of its JVM, for it waits for its pace, not for the machine.",
            "Heap is what was used at most, garbage included, of 1 GB; with DynamoDB Local, the stream and the trimming in the same JVM."));
  }

  private static void scan(Pass pass, String subject, Apis apis, int warmUp, Rows rows)
      throws Exception {
    try (SampleProcess sample =
            SampleProcess.start(pass.root(), INSTANCES, REGIONS, Distance.CONNECTIONS, apis);
        BackendProcess backend = BackendProcess.auditing(pass.root(), sample)) {
      WholeScan.warm(pass, backend, warmUp);
      int _ = sample.requests();
      pass.say("%s", subject);
      MeasuredScan answer = WholeScan.whole(backend);
      Pressure pressure = sample.pressure();
      int requests = sample.requests();
      Kept kept = backend.kept();
      pass.say("%.1f s; %s; %s", answer.millis() / 1000, pressure, kept);
      add(pass, rows, subject, answer, requests, pressure, kept);
      rows.add(
          "resident, with DynamoDB Local",
          "MB",
          subject,
          (double) backend.peakResidentMegabytes().orElse(0));
      if (kept.apis() < apis.mixed() + apis.alike() || kept.of(apis.routes()) < apis.alike()) {
        throw new IOException("of its APIs only " + kept + " are in the inventory");
      }
    }
  }

  private static void add(
      Pass pass,
      Rows rows,
      String subject,
      MeasuredScan scan,
      int requests,
      Pressure pressure,
      Kept kept)
      throws IOException {
    rows.add(TIME, "s", subject, scan.millis() / 1000);
    rows.add("APIs in the inventory", "", subject, kept.apis());
    rows.add("routes in the inventory", "", subject, (double) kept.routes());
    rows.add("sources read", "", subject, kept.read());
    rows.add(UNREAD, "", subject, kept.unread().size());
    rows.add("requests to AWS", "", subject, requests);
    rows.add("of these to API Gateway", "", subject, pressure.requests());
    rows.add(THROTTLED, "", subject, pressure.throttled());
    rows.add(
        "API Gateway in a region in any second, at most", "", subject, pressure.mostInASecond());
    rows.add(RESOURCES, "", subject, pressure.mostResourcesInTwoSeconds());
    rows.add("inventory in DynamoDB", "KB", subject, kept.bytes() / 1e3);
    rows.add("items of it", "", subject, kept.items());
    rows.add("heap", "MB", subject, kept.heapMegabytes());
    rows.add("write units", "", subject, scan.usage().writes());
    rows.add("read units", "", subject, scan.usage().reads());
    rows.add(
        "its cost",
        "µ$",
        subject,
        Prices.sum(Prices.of(scan, Prices.Machine.EXPRESS, Prices.memory(pass.root()))));
  }
}
