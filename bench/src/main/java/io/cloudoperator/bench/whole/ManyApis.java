package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.Table;
import io.cloudoperator.bench.customer.Pressure;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.customer.SampleProcess.Apis;
import io.cloudoperator.bench.customer.SampleProcess.Distance;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.Template;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Table h. */
public final class ManyApis implements Table {
  private static final int INSTANCES = 1200;
  private static final int REGIONS = 34;
  private static final int MIXED = 60;
  private static final int ALIKE = 500;
  private static final int ROUTES = 50;
  private static final String FEW = "%d APIs".formatted(MIXED);
  private static final String MANY = "%d and %d APIs".formatted(MIXED, ALIKE);

  /** TimeoutSeconds of the state machine: what takes longer ends without a snapshot. */
  private static final double LONGEST_SECONDS = 295;

  @Override
  public String name() {
    return "h";
  }

  @Override
  public String title() {
    return "The audit tier: a scan of 34 regions, of which one has %d REST APIs of %d routes"
        .formatted(ALIKE, ROUTES);
  }

  @Override
  public Result measure(Pass pass) throws Exception {
    Rows rows =
        new Rows(
            Template.read(pass.root().resolve("template.yaml"), Map.of()).functions().stream()
                .collect(
                    Collectors.toMap(
                        FunctionResource::logicalId, FunctionResource::memoryMegabytes)));
    scan(pass, FEW, new Apis(MIXED, 0, 0), 2, rows);
    if (!pass.quick()) {
      scan(pass, MANY, new Apis(MIXED, ALIKE, ROUTES), 0, rows);
    }
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
      Answer answer = WholeScan.whole(backend);
      Pressure pressure = sample.pressure();
      int requests = sample.requests();
      Kept kept = backend.kept();
      pass.say("%.1f s; %s; %s", answer.millis() / 1000, pressure, kept);
      rows.add(subject, answer, requests, pressure, kept);
      rows.resident(subject, backend.peakResidentMegabytes().orElse(0));
      if (kept.apis() < apis.mixed() + apis.alike() || kept.of(apis.routes()) < apis.alike()) {
        throw new IOException("of its APIs only " + kept + " are in the inventory");
      }
    }
  }

  private static final class Rows {
    private static final String TIME = "a scan";
    private static final String UNREAD = "sources not read";
    private static final String THROTTLED = "throttled answers";
    private static final String RESOURCES = "GetResources of a region in any 2 s, at most";
    private static final String COST = "its cost";

    private final Map<String, Integer> memory;
    private final Map<String, Row.Builder> rows = new LinkedHashMap<>();

    Rows(Map<String, Integer> memory) {
      this.memory = memory;
    }

    void add(String subject, Answer answer, int requests, Pressure pressure, Kept kept) {
      row(TIME, "s").add(subject, answer.millis() / 1000);
      row("APIs in the inventory", "").add(subject, kept.apis());
      row("routes in the inventory", "").add(subject, (double) kept.routes());
      row("sources read", "").add(subject, kept.read());
      row(UNREAD, "").add(subject, kept.unread().size());
      row("requests to AWS", "").add(subject, requests);
      row("of these to API Gateway", "").add(subject, pressure.requests());
      row(THROTTLED, "").add(subject, pressure.throttled());
      row("API Gateway in a region in any second, at most", "")
          .add(subject, pressure.mostInASecond());
      row(RESOURCES, "").add(subject, pressure.mostResourcesInTwoSeconds());
      row("inventory in DynamoDB", "KB").add(subject, kept.bytes() / 1e3);
      row("items of it", "").add(subject, kept.items());
      row("heap", "MB").add(subject, kept.heapMegabytes());
      row("write units", "").add(subject, answer.usage().writes());
      row("read units", "").add(subject, answer.usage().reads());
      row(COST, "µ$")
          .add(
              subject,
              Prices.of(answer, Prices.Machine.EXPRESS, memory).values().stream()
                  .mapToDouble(Double::doubleValue)
                  .sum());
    }

    void resident(String subject, long megabytes) {
      row("resident, with DynamoDB Local", "MB").add(subject, (double) megabytes);
    }

    private Row.Builder row(String what, String unit) {
      return rows.computeIfAbsent(what, _ -> Row.of(what, unit));
    }

    List<Row> built() {
      row(TIME, "s").figure(MANY, Bar.atMost(LONGEST_SECONDS));
      row(UNREAD, "").figure(MANY, Bar.atMost(0));
      row(THROTTLED, "").figure(MANY, Bar.atMost(0));
      row(RESOURCES, "").figure(MANY, Bar.atMost(5));
      return rows.values().stream().map(Row.Builder::build).toList();
    }
  }
}
