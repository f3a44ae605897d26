package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Table d. */
public final class ScanCost {
  private static final String STANDARD = "Standard, a Lambda a region";
  private static final String EXPRESS = "Express, a Lambda a region";
  private static final String BATCHED = "Express, regions batched";
  private static final String TOTAL = "total";
  private static final int INSTANCES = 1200;
  private static final int ALL_REGIONS = 34;
  private static final double MOST = 170;

  /** As many as the batched design has. */
  private static final int SCANNERS = 3;

  private ScanCost() {}

  /** Measures. */
  public static Result measure(Pass pass) throws Exception {
    Map<String, Integer> memory = Prices.memory(pass.root());
    Rows rows = new Rows();
    try (SampleProcess sample =
            SampleProcess.start(
                pass.root(), INSTANCES, ALL_REGIONS, SampleProcess.Distance.CONNECTIONS);
        BackendProcess batched = BackendProcess.start(pass.root(), sample, Map.of(), SCANNERS);
        BackendProcess single =
            BackendProcess.start(
                pass.root(), sample, Map.of("MaxRegionsPerShard", "1"), SCANNERS)) {
      WholeScan.warm(pass, batched, WholeScan.WARM_UP);
      WholeScan.warm(pass, single, WholeScan.WARM_UP);
      for (int round = 0; round < pass.rounds(5); round++) {
        MeasuredScan alone = WholeScan.whole(single);
        add(rows, STANDARD, alone, Prices.of(alone, Prices.Machine.STANDARD, memory));
        add(rows, EXPRESS, alone, Prices.of(alone, Prices.Machine.EXPRESS, memory));
        MeasuredScan together = WholeScan.whole(batched);
        add(rows, BATCHED, together, Prices.of(together, Prices.Machine.EXPRESS, memory));
        pass.say("%s", together.usage().units());
      }
    }
    rows.row(TOTAL, "µ$")
        .figure(BATCHED, Bar.atMost(MOST))
        .ratio(STANDARD, BATCHED, Optional.empty())
        .ratio(EXPRESS, BATCHED, Optional.empty());
    return new Result(
        List.of(STANDARD, EXPRESS, BATCHED),
        rows.built(),
        List.of(
            "A scan on demand, from its request to the trim of what it displaces, of an account that was scanned before; %,d instances."
                .formatted(INSTANCES),
            "Billed time is what each invocation took here, with at most %d scanners at once in each design: they share this machine's processors."
                .formatted(SCANNERS),
            "Units are what DynamoDB Local says it consumed, in transactions twice; AssumeRole and the customer's calls are free.",
            "A Standard machine is priced by the states of the same execution. Logs, metrics and traces are not in it."));
  }

  private static void add(Rows rows, String design, MeasuredScan scan, Map<String, Double> parts) {
    parts.forEach((part, price) -> rows.add(part, "µ$", design, price));
    rows.add(TOTAL, "µ$", design, Prices.sum(parts));
    Usage used = scan.usage();
    rows.add("write units", "", design, used.writes());
    rows.add("read units", "", design, used.reads());
    rows.add(
        "scanners",
        "",
        design,
        used.invocations().getOrDefault("ScanRegionsFunction", List.of()).size());
  }
}
