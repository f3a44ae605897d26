package io.cloudoperator.local.simulation;

import io.cloudoperator.local.simulation.machine.MachineLoader;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Runs simulations one after another, as {@link SimulationMain} has it do: {@code FIRST COUNT STEP
 * [OPTIONS…]}. Prints a line for each run: its seed, a tab, and what it is told from others by, or
 * what went wrong. Where planted bugs are among the options, each of them has its line, of the
 * first seed with which something went wrong.
 */
final class SimulationProcess {
  private SimulationProcess() {}

  @SuppressWarnings("unchecked")
  public static void main(String[] args) throws Exception {
    long seed = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    long step = Long.parseLong(args[2]);
    String options = String.join(" ", Arrays.asList(args).subList(3, args.length));
    MachineLoader loader = new MachineLoader(System.getProperty("java.class.path"));
    BiFunction<Long, String, String> simulation =
        (BiFunction<Long, String, String>)
            loader
                .loadClass(SimulationProcess.class.getPackageName() + ".Simulation")
                .getConstructor()
                .newInstance();
    List<String> bugs =
        Arrays.stream(args).skip(3).filter(word -> word.matches("[A-Z_]+")).toList();
    if (bugs.isEmpty()) {
      for (long run = 0; run < count; run++, seed += step) {
        print(String.valueOf(seed), simulation.apply(seed, options));
      }
    }
    for (String bug : bugs) {
      String result = "";
      long tried = seed;
      for (long run = 0; run < count && !result.startsWith(Simulation.FAILED); run++) {
        result = simulation.apply(tried, bug);
        tried += step;
      }
      print(bug, result);
    }
    System.exit(0);
  }

  private static void print(String run, String result) {
    System.out.println(run + "\t" + result.replace("\n", "\n\t"));
  }
}
