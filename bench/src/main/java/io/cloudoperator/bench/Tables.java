package io.cloudoperator.bench;

import io.cloudoperator.bench.cold.ColdStarts;
import io.cloudoperator.bench.heap.LeastHeap;
import io.cloudoperator.bench.parsing.PageParsing;
import io.cloudoperator.bench.peers.PeerScans;
import io.cloudoperator.bench.whole.ManyApis;
import io.cloudoperator.bench.whole.ManyDue;
import io.cloudoperator.bench.whole.ScanCost;
import io.cloudoperator.bench.whole.WholeScan;
import java.util.List;
import java.util.stream.Collectors;

/** All tables, in the order in which they are run. A new one is added here. */
final class Tables {
  private static final List<Table> ALL =
      List.of(
          new PageParsing(),
          new WholeScan(),
          new ColdStarts(),
          new ScanCost(),
          new LeastHeap(),
          new ManyDue(),
          new PeerScans(),
          new ManyApis());

  private Tables() {}

  static List<Table> all() {
    return ALL;
  }

  /**
   * The tables of these names; all for none.
   *
   * @throws IllegalArgumentException with a sentence that says which name is unknown
   */
  static List<Table> named(List<String> names) {
    for (String name : names) {
      if (ALL.stream().noneMatch(table -> table.name().equals(name))) {
        throw new IllegalArgumentException(
            "There is no table "
                + name
                + "; there are "
                + ALL.stream().map(Table::name).collect(Collectors.joining(", "))
                + ".");
      }
    }
    return ALL.stream().filter(table -> names.isEmpty() || names.contains(table.name())).toList();
  }
}
