package io.cloudoperator.local.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Runs simulations: {@code FIRST COUNT [OPTIONS…]}. For each seed that fails it prints what went
 * wrong, and the command that replays it. With the option {@code bugs} it looks for each planted
 * bug with as many seeds from 1 on, and prints with how many it was found.
 */
public final class SimulationMain {
  private static final String BUGS = "bugs";

  private SimulationMain() {}

  /**
   * Runs them.
   *
   * @param args the first seed, how many, and options of {@link Simulation}
   */
  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    String options = String.join(" ", List.of(args).subList(2, args.length));
    List<Long> seeds = LongStream.range(first, first + count).boxed().toList();
    if (options.equals(BUGS)) {
      System.exit(lookForBugs(count) ? 0 : 1);
    }
    long begun = System.nanoTime();
    Map<Long, String> results;
    try (Simulations simulations = Simulations.of(count)) {
      results = simulations.run(seeds, options);
    }
    long failed = 0;
    for (Map.Entry<Long, String> result : results.entrySet()) {
      if (result.getValue().startsWith(Simulation.FAILED)) {
        failed++;
        System.out.println(described(result.getKey(), result.getValue()));
      } else if (count == 1) {
        System.out.println(result.getValue());
      }
    }
    System.out.printf(
        "%d simulations in %d s, of which %d failed%n",
        results.size(), Duration.ofNanos(System.nanoTime() - begun).toSeconds(), failed);
    System.exit(failed == 0 && results.size() == count ? 0 : 1);
  }

  private static boolean lookForBugs(long most) throws Exception {
    boolean allFound = true;
    try (Simulations simulations = Simulations.of(most)) {
      for (Map.Entry<PlantedBug, Simulations.Found> each : simulations.found(most).entrySet()) {
        boolean found = each.getValue().result().startsWith(Simulation.FAILED);
        allFound &= found;
        System.out.printf(
            "%s %s %d%n", each.getKey(), found ? "found with" : "not with", each.getValue().seed());
      }
    }
    return allFound;
  }

  /** What went wrong, and how to see it again. */
  static String described(long seed, String result) {
    return """
    Seed %d %s
    Replay it, each step printed, by
      mvn -q -Psimulation -Dsimulation.first=%d -Dsimulation.count=1 -Dsimulation.options=print verify
    """
        .formatted(seed, result, seed);
  }
}
