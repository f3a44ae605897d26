package io.cloudoperator.local.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.local.simulation.machine.MachineLoader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BiFunction;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Runs simulations one after another, as {@link Simulations} asks: of each line of its input, a
 * seed, a space and options, it prints what the run is told from others by, or what went wrong in
 * it. A run that does not end ends the process, which says what its threads did.
 */
final class SimulationProcess {
  /** What the line of a result begins with; the ends of its own lines are form feeds. */
  static final String RESULT = "result ";

  /** Far longer than a run takes. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private SimulationProcess() {}

  @SuppressWarnings("unchecked")
  public static void main(String[] args) throws Exception {
    MachineLoader loader = new MachineLoader(System.getProperty("java.class.path"));
    BiFunction<Long, String, String> simulation =
        (BiFunction<Long, String, String>)
            loader
                .loadClass(SimulationProcess.class.getPackageName() + ".Simulation")
                .getConstructor()
                .newInstance();
    BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      String[] parts = line.split(" ", 2);
      String result = run(simulation, Long.parseLong(parts[0]), parts[1]);
      System.out.println(RESULT + result.replace('\n', '\f'));
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
}
