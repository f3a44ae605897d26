package io.cloudoperator.bench;

import java.util.ArrayList;
import java.util.List;

/** What {@code bench/run} was asked for. */
record Arguments(boolean quick, boolean help, List<BenchTable> tables) {
  static final String USAGE =
      """
      Usage: bench/run [--quick] [TABLE]…
      Measures, prints a table for each, and writes bench/target/results.json.
        --quick  few samples: shows that it works, not to be quoted
        --help   this
      Tables:
      """;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static Arguments read(String... given) {
    boolean quick = false;
    boolean help = false;
    List<String> names = new ArrayList<>();
    for (String argument : given) {
      switch (argument) {
        case "--quick" -> quick = true;
        case "--help", "-h" -> help = true;
        default -> {
          if (argument.startsWith("-")) {
            throw new IllegalArgumentException(
                "There is no option " + argument + "; there are --quick and --help.");
          }
          names.add(argument);
        }
      }
    }
    return new Arguments(quick, help, BenchTable.named(names));
  }
}
