package io.cloudoperator.local.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs simulations in as many processes as there are processors: {@code FIRST COUNT [OPTIONS…]}.
 * For each seed that fails it prints what went wrong, and the command that replays it.
 *
 * <p>They are processes and not threads, for what one run waits for must not be decided by another.
 */
public final class SimulationMain {
  /** From how many runs on it is worth while to compile more than quickly. */
  private static final long MANY = 1000;

  private SimulationMain() {}

  /**
   * Runs them.
   *
   * @param args the first seed, how many, and options of {@link Simulation}
   */
  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    List<String> options =
        Arrays.stream(args).skip(2).flatMap(each -> Stream.of(each.split(" ", -1))).toList();
    long begun = System.nanoTime();
    Map<Long, String> results = run(first, count, options);
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

  /** What went wrong, and how to see it again. */
  static String described(long seed, String result) {
    return """
    Seed %d %s
    Replay it, each step printed, by
      mvn -q -Psimulation -Dsimulation.first=%d -Dsimulation.count=1 -Dsimulation.options=print verify
    """
        .formatted(seed, result, seed);
  }

  /** What became of each seed. */
  static Map<Long, String> run(long first, long count, List<String> options)
      throws IOException, InterruptedException {
    Map<Long, String> results = new TreeMap<>();
    inProcesses(
            count,
            (process, processes) ->
                process(
                    first + process,
                    (count - process + processes - 1) / processes,
                    processes,
                    options))
        .forEach((seed, result) -> results.put(Long.parseLong(seed), result));
    return results;
  }

  /** The first that goes wrong of so many for each of these planted bugs. */
  static Map<String, String> found(List<String> bugs, long most)
      throws IOException, InterruptedException {
    return inProcesses(
        bugs.size(),
        (process, processes) ->
            process(
                1,
                most,
                1,
                IntStream.range(0, bugs.size())
                    .filter(bug -> bug % processes == process)
                    .mapToObj(bugs::get)
                    .toList()));
  }

  private interface Part {
    Map<String, String> run(int process, int processes) throws Exception;
  }

  private static Map<String, String> inProcesses(long most, Part part)
      throws IOException, InterruptedException {
    int processes = (int) Math.min(most, Runtime.getRuntime().availableProcessors());
    Map<String, String> results = new TreeMap<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Map<String, String>>> parts =
          IntStream.range(0, processes)
              .mapToObj(process -> threads.submit(() -> part.run(process, processes)))
              .toList();
      for (Future<Map<String, String>> done : parts) {
        try {
          results.putAll(done.get());
        } catch (java.util.concurrent.ExecutionException e) {
          throw new IOException(e.getCause());
        }
      }
    }
    return results;
  }

  /** Those of one process, by the seed, or the planted bug. */
  static Map<String, String> process(long first, long count, long step, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Xmn512m",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                // Else the JDK keeps each virtual thread until it ends; those of a run that is over
                // never do, and hold all of its world.
                "-Djdk.trackAllThreads=false",
                "-Dlog4j2.configurationFile=log4j2-local.xml",
                "-Dcloudoperator.log=INFO",
                "-Drepository.root=" + System.getProperty("repository.root", "../.."),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    if (count < MANY) {
      command.add(2, "-XX:TieredStopAtLevel=1");
    }
    command.addAll(
        List.of(
            SimulationProcess.class.getName(),
            String.valueOf(first),
            String.valueOf(count),
            String.valueOf(step)));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    Map<String, String> results = new TreeMap<>();
    StringBuilder other = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String last = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t", 2);
        if (parts.length == 2 && parts[0].matches("\\d+|[A-Z_]+")) {
          last = parts[0];
          results.put(last, parts[1]);
        } else if (parts.length == 2 && parts[0].isEmpty() && !last.isEmpty()) {
          results.merge(last, parts[1], (one, more) -> one + "\n" + more);
        } else if (options.contains(Simulation.PRINT)) {
          System.out.println(line);
        } else {
          other.append(line).append('\n');
        }
      }
    } finally {
      process.destroy();
    }
    if (process.waitFor() != 0) {
      throw new IOException("a process of simulations ended with " + other);
    }
    return results;
  }
}
