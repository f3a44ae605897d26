package io.cloudoperator.bench;

import io.cloudoperator.bench.cold.ColdStarts;
import io.cloudoperator.bench.region.LeastHeap;
import io.cloudoperator.bench.region.PageParsing;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.whole.ManyApis;
import io.cloudoperator.bench.whole.ScanCost;
import io.cloudoperator.bench.whole.WholeScan;
import java.util.Locale;

/**
 * The tables of the bench, in the order in which they are run. What one compares runs side by side:
 * in the same call, in turns, as often as {@link Pass#rounds} says, so that a neighbour on the
 * machine disturbs all subjects alike.
 */
enum BenchTable {
  A("One page of 1,000 instances: ours against the SDK's ec2 module", PageParsing::measure),
  B(
      "A whole scan of 34 regions as far away as they are, against its critical path",
      WholeScan::measure),
  C("Cold start of each function's artifact, by how its JVM is started", ColdStarts::measure),
  D(
      "What a scan of 34 regions costs, in millionths of a dollar, in three designs",
      ScanCost::measure),
  E(
      "The least heap (-Xmx, Serial GC) that reads a region of so many instances",
      LeastHeap::measure),
  H(
      "The audit tier: a scan of 34 regions, of which one has 500 REST APIs of 50 routes",
      ManyApis::measure);

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Measurement measurement;

  BenchTable(String title, Measurement measurement) {
    this.title = title;
    this.measurement = measurement;
  }

  String title() {
    return title;
  }

  /** Measures; throws if anything did not do what was to be measured: there is no figure then. */
  Result measure(Pass pass) throws Exception {
    return measurement.of(pass);
  }

  /** What it is asked for by, such as {@code a}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  @FunctionalInterface
  private interface Measurement {
    Result of(Pass pass) throws Exception;
  }
}
