package io.cloudoperator.local.simulation;

import io.cloudoperator.local.simulation.machine.MachineLoader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Runs simulations one after another, as {@link SimulationMain} has it do: {@code FIRST COUNT STEP
 * [OPTIONS…]}. Prints a line for each run: its seed, a tab, and what it is told from others by, or
 * what went wrong. Where planted bugs are among the options, each of them has its line, of the
 * first seed with which something went wrong; every other one is in a storm. A run that does not
 * end ends the process, which says what its threads did.
 */
final class SimulationProcess {
  /** A run takes about a second. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

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
        print(String.valueOf(seed), run(simulation, seed, options));
      }
    }
    for (String bug : bugs) {
      String result = "";
      long tried = seed;
      for (long run = 0; run < count && !result.startsWith(Simulation.FAILED); run++) {
        result = run(simulation, tried, run % 2 == 0 ? bug : bug + " " + Simulation.STORM);
        tried += step;
      }
      print(bug, result);
    }
    System.exit(0);
  }

  private static String run(
      BiFunction<Long, String, String> simulation, long seed, String options) {
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                Thread.sleep(LONGEST);
              } catch (InterruptedException _) {
                return;
              }
              System.out.printf(
                  "Seed %d %s has not ended after %s.%n%s%n", seed, options, LONGEST, threads());
              System.out.flush();
              Runtime.getRuntime().halt(1);
            });
    try {
      return simulation.apply(seed, options);
    } finally {
      watch.interrupt();
    }
  }

  /** What each thread does, those included that virtual threads are on. */
  private static String threads() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "threadPrint",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      return e.toString();
    }
  }

  private static void print(String run, String result) {
    System.out.println(run + "\t" + result.replace("\n", "\n\t"));
  }
}
