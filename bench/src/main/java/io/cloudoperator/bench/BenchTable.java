package io.cloudoperator.bench;

import io.cloudoperator.bench.cold.ColdStarts;
import io.cloudoperator.bench.heap.LeastHeap;
import io.cloudoperator.bench.parsing.PageParsing;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.whole.ManyApis;
import io.cloudoperator.bench.whole.ScanCost;
import io.cloudoperator.bench.whole.WholeScan;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One table of the bench. What it compares runs side by side: in the same call, in turns, as often
 * as {@link Pass#rounds} says, so that a neighbour on the machine disturbs all subjects alike.
 *
 * @param name what it is asked for by, such as {@code a}
 * @param title what it says, in a line
 */
record BenchTable(String name, String title, Measurement measurement) {

  /** All tables, in the order in which they are run. A new one is added here. */
  static final List<BenchTable> ALL =
      List.of(
          new BenchTable(
              "a",
              "One page of 1,000 instances: ours against the SDK's ec2 module",
              PageParsing::measure),
          new BenchTable(
              "b",
              "A whole scan of 34 regions as far away as they are, against its critical path",
              WholeScan::measure),
          new BenchTable(
              "c",
              "Cold start of each function's artifact, by how its JVM is started",
              ColdStarts::measure),
          new BenchTable(
              "d",
              "What a scan of 34 regions costs, in millionths of a dollar, in three designs",
              ScanCost::measure),
          new BenchTable(
              "e",
              "The least heap (-Xmx, Serial GC) that reads a region of so many instances",
              LeastHeap::measure),
          new BenchTable(
              "h",
              "The audit tier: a scan of 34 regions, of which one has 500 REST APIs of 50 routes",
              ManyApis::measure));

  /** Measures; throws if anything did not do what was to be measured: there is no figure then. */
  @FunctionalInterface
  interface Measurement {
    Result of(Pass pass) throws Exception;
  }

  /**
   * The tables of these names; all for none.
   *
   * @throws IllegalArgumentException with a sentence that says which name is unknown
   */
  static List<BenchTable> named(List<String> names) {
    for (String name : names) {
      if (ALL.stream().noneMatch(table -> table.name().equals(name))) {
        throw new IllegalArgumentException(
            "There is no table %s; there are %s."
                .formatted(
                    name, ALL.stream().map(BenchTable::name).collect(Collectors.joining(", "))));
      }
    }
    return ALL.stream().filter(table -> names.isEmpty() || names.contains(table.name())).toList();
  }
}
