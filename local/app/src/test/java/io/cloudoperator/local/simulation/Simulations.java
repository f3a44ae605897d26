package io.cloudoperator.local.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.local.simulation.machine.StuckException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs simulations in processes, one at a time in each, for what one waits for must not be decided
 * by another. A process stays for the next run: a JVM needs some hundred of them to become fast.
 */
final class Simulations implements AutoCloseable {
  private final List<Child> processes = new ArrayList<>();
  private final BlockingQueue<Child> idle;
  private final ExecutorService threads;

  private Simulations(int count) throws IOException {
    idle = new ArrayBlockingQueue<>(count);
    threads = Executors.newFixedThreadPool(count);
    for (int process = 0; process < count; process++) {
      processes.add(new Child());
    }
    idle.addAll(processes);
  }

  /** In as many processes as there are processors. */
  static Simulations of(long runs) throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Simulations((int) Math.min(runs, processors));
  }

  static Simulations inOneProcess() throws IOException {
    return new Simulations(1);
  }

  /**
   * Runs each of these seeds, begun in their order.
   *
   * @param options of {@link Simulation}
   * @return by the seed, in the same order, what became of it
   */
  Map<Long, String> run(List<Long> seeds, String options) throws IOException, InterruptedException {
    return each(seeds, (process, seed) -> process.run(seed, options));
  }

  /**
   * Looks for each planted bug with the seeds from 1 on, every other one in a storm.
   *
   * @return by the bug, the first seed with which something went wrong, or the last
   */
  Map<PlantedBug, Found> found(long seeds) throws IOException, InterruptedException {
    return each(
        List.of(PlantedBug.values()),
        (process, bug) -> {
          for (long seed = 1; ; seed++) {
            String options = seed % 2 == 1 ? bug.name() : bug + " " + Simulation.STORM;
            String result = process.run(seed, options);
            if (seed == seeds || result.startsWith(Simulation.FAILED)) {
              return new Found(seed, result);
            }
          }
        });
  }

  /** The run that ended a search, and what became of it. */
  record Found(long seed, String result) {}

  private interface Task<K, R> {
    R result(Child process, K of) throws IOException;
  }

  private <K, R> Map<K, R> each(List<K> keys, Task<K, R> task)
      throws IOException, InterruptedException {
    Map<K, Future<R>> begun = new LinkedHashMap<>();
    for (K key : keys) {
      begun.put(
          key,
          threads.submit(() -> {
            Child process = idle.take();
            try {
              return task.result(process, key);
            } finally {
              idle.add(process);
            }
          }));
    }
    Map<K, R> results = new LinkedHashMap<>();
    for (Map.Entry<K, Future<R>> each : begun.entrySet()) {
      try {
        results.put(each.getKey(), each.getValue().get());
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    processes.forEach(each -> each.process.destroy());
  }

  /** A {@link SimulationProcess}. */
  private static final class Child {
    private Process process;
    private Writer asked;
    private BufferedReader said;

    Child() throws IOException {
      start();
    }

    private void start() throws IOException {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx768m",
              "-Xmn512m",
              "-XX:+UseSerialGC",
              // Little is run so often that inlining it deeply is worth the compiler's time.
              "-XX:MaxInlineLevel=7",
              "-XX:FreqInlineSize=70",
              "-XX:InlineSmallCode=800",
              "--add-opens=java.base/java.lang=ALL-UNNAMED",
              // Else the JDK keeps each virtual thread until it ends; those of a run that is
              // over never do, and hold all of its world.
              "-Djdk.trackAllThreads=false",
              "-Dlog4j2.configurationFile=log4j2-local.xml",
              "-Dcloudoperator.log=INFO",
              "-Drepository.root=" + System.getProperty("repository.root", "../.."),
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              SimulationProcess.class.getName());
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      asked = process.outputWriter(UTF_8);
      said = process.inputReader(UTF_8);
    }

    /**
     * Each step is printed by the process, if that is among the options, and passed on. One that
     * got stuck may have left locks behind, which others would wait for: they get a new process.
     */
    String run(long seed, String options) throws IOException {
      String result = ask(seed, options);
      if (result.contains(StuckException.class.getName())) {
        process.destroy();
        start();
      }
      return result;
    }

    private String ask(long seed, String options) throws IOException {
      asked.write(seed + " " + options + "\n");
      asked.flush();
      StringBuilder other = new StringBuilder();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(SimulationProcess.RESULT)) {
          return line.substring(SimulationProcess.RESULT.length()).replace('\f', '\n');
        }
        if (options.contains(Simulation.PRINT)) {
          System.out.println(line);
        } else {
          other.append(line).append('\n');
        }
      }
      throw new IOException("a process of simulations ended with " + other);
    }
  }
}
