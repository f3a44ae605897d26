package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.region.Customer;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.SampleCustomer;
import java.util.List;
import java.util.Map;

/** Table d. */
public final class ScanCost {
  private static final String STANDARD = "Standard, a Lambda a region";
  private static final String EXPRESS = "Express, a Lambda a region";
  private static final String BATCHED = "Express, regions batched";
  private static final String TOTAL = "total";
  private static final int INSTANCES = 1200;
  private static final int WARM_UP = 6;
  private static final double MOST = 100;

  /** As many as the batched design has. */
  private static final int SCANNERS = 3;

  private ScanCost() {}

  /** Measures. */
  public static Result measure(Pass pass) throws Exception {
    Prices prices = new Prices(pass.root());
    Result result = new Result(List.of(STANDARD, EXPRESS, BATCHED));
    try (SampleCustomer sample = Customer.sample(WholeScan.distant(INSTANCES))) {
      Customer customer = Customer.of(sample, Tier.MINIMAL);
      try (Backend batched = start(pass, customer, Map.of());
          Backend single = start(pass, customer, Map.of("MaxRegionsPerShard", "1"))) {
        WholeScan.warm(pass, batched, WARM_UP);
        WholeScan.warm(pass, single, WARM_UP);
        for (int round = 0; round < pass.rounds(5); round++) {
          MeasuredScan alone = WholeScan.whole(single);
          add(result, STANDARD, alone, prices.standard(alone));
          add(result, EXPRESS, alone, prices.express(alone));
          MeasuredScan together = WholeScan.whole(batched);
          add(result, BATCHED, together, prices.express(together));
        }
      }
    }
    result
        .row(TOTAL, "µ$")
        .figure(BATCHED, Bar.atMost(MOST))
        .ratio(STANDARD, BATCHED)
        .ratio(EXPRESS, BATCHED);
    return result.notes(
        """
        A scan on demand, from its request to the trim of what it displaces, of an account that was scanned before; %,d instances.
        Billed time is what each invocation took here, with at most %d scanners at once in each design: they share this machine's processors.
        Units are what DynamoDB Local says it consumed; of transactions two for a KB of each item, as AWS counts. The customer's calls are free.
        A Standard machine is priced by the states of the same execution. Logs, metrics and traces are not in it.
        """,
        INSTANCES, SCANNERS);
  }

  private static Backend start(Pass pass, Customer customer, Map<String, String> parameters)
      throws Exception {
    return new Backend(pass, new Backend.Design(customer, Tier.MINIMAL, parameters, SCANNERS));
  }

  private static void add(
      Result result, String design, MeasuredScan scan, Map<String, Double> parts) {
    parts.forEach((part, price) -> result.add(part, "µ$", design, price));
    result.add(TOTAL, "µ$", design, Prices.sum(parts));
    result.add("write units", "", design, scan.writes());
    result.add("as DynamoDB Local counts them", "", design, scan.writesSaid());
    result.add("read units", "", design, scan.reads());
    result.add("scanners", "", design, scan.count("ScanRegionsFunction"));
  }
}
