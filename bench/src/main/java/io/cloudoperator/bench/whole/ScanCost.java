package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.Table;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Table d. */
public final class ScanCost implements Table {
  private static final String STANDARD = "Standard, a Lambda a region";
  private static final String EXPRESS = "Express, a Lambda a region";
  private static final String BATCHED = "Express, regions batched";
  private static final int INSTANCES = 1200;
  private static final int ALL_REGIONS = 34;
  private static final double MOST = 170;

  /** As many as the batched design has. */
  private static final int SCANNERS = 3;

  @Override
  public String name() {
    return "d";
  }

  @Override
  public String title() {
    return "What a scan of 34 regions costs, in millionths of a dollar, in three designs";
  }

  @Override
  public Result measure(Pass pass) throws Exception {
    Map<String, Integer> memory =
        Template.read(pass.root().resolve("template.yaml"), Map.of()).functions().stream()
            .collect(
                Collectors.toMap(FunctionResource::logicalId, FunctionResource::memoryMegabytes));
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
        Answer alone = WholeScan.whole(single);
        rows.add(STANDARD, alone, Prices.of(alone, Prices.Machine.STANDARD, memory));
        rows.add(EXPRESS, alone, Prices.of(alone, Prices.Machine.EXPRESS, memory));
        Answer together = WholeScan.whole(batched);
        rows.add(BATCHED, together, Prices.of(together, Prices.Machine.EXPRESS, memory));
        pass.say("%s", together.usage().units());
      }
    }
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

  private static final class Rows {
    private static final String TOTAL = "total";

    private final Map<String, Row.Builder> rows = new LinkedHashMap<>();

    void add(String design, Answer scan, Map<String, Double> parts) {
      parts.forEach((part, price) -> row(part, "µ$").add(design, price));
      row(TOTAL, "µ$").add(design, parts.values().stream().mapToDouble(Double::doubleValue).sum());
      Usage used = scan.usage();
      row("write units", "").add(design, used.writes());
      row("read units", "").add(design, used.reads());
      row("scanners", "")
          .add(design, used.invocations().getOrDefault("ScanRegionsFunction", List.of()).size());
    }

    private Row.Builder row(String what, String unit) {
      return rows.computeIfAbsent(what, _ -> Row.of(what, unit));
    }

    List<Row> built() {
      row(TOTAL, "µ$")
          .figure(BATCHED, Bar.atMost(MOST))
          .ratio(STANDARD, BATCHED, Optional.empty())
          .ratio(EXPRESS, BATCHED, Optional.empty());
      return rows.values().stream().map(Row.Builder::build).toList();
    }
  }
}
