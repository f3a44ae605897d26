package io.cloudoperator.local.simulation;

import io.cloudoperator.local.simulation.machine.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One run after another, each by its seed: made by {@link SimulationMain} on a machine's class
 * loader.
 */
public final class Simulation implements BiFunction<Long, String, String> {
  /** What the result of a run that went wrong begins with. */
  static final String FAILED = "FAILED";

  /** Options. */
  static final String CALM = "calm";

  static final String STORM = "storm";
  static final String PRINT = "print";
  static final String REQUESTS = "requests";

  /** At most, as long as chance has had a hand in it: the JVM's own threads take locks too. */
  private static final int ATTEMPTS = 3;

  private static final Duration LONGEST = Duration.ofHours(6);
  private static final long MOST_TURNS = 2_000_000;
  private static final Duration PAST_ALL_DEADLINES = Duration.ofMinutes(8);

  private final Deployment deployment = new Deployment();
  private final LogAppender logs = LogAppender.install();

  /**
   * Runs one.
   *
   * @param options words: {@value #CALM} if nothing is to fail, {@value #STORM} if most is, {@value
   *     #PRINT} to print each step, {@value #REQUESTS} for each request to the tables and its
   *     answer after the result, and the name of a planted bug
   * @return what the run is told from others by, or after {@value #FAILED} what went wrong in it
   */
  @Override
  public String apply(Long seed, String options) {
    String result = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Machine machine = new Machine(seed);
      result = run(machine, seed, options);
      if (machine.foreign() == 0) {
        return result;
      }
    }
    return FAILED + " each time turns were not decided by the seed: " + result;
  }

  private String run(Machine machine, long seed, String options) {
    List<String> words = List.of(options.split(" ", -1));
    Bug bug =
        words.stream()
            .flatMap(word -> PlantedBug.of(word).stream())
            .<Bug>map(planted -> planted)
            .findFirst()
            .orElse(Bug.NONE);
    String[] result = new String[1];
    try {
      machine.run(
          () -> {
            World world = new World(machine, seed, deployment, words, bug);
            logs.in(world);
            live(world);
            result[0] =
                words.contains(REQUESTS)
                    ? world.traced() + "\n" + world.network().requests()
                    : world.traced();
          },
          LONGEST,
          MOST_TURNS);
    } catch (RuntimeException | Error e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text, true));
      return FAILED + " " + text;
    }
    return result[0];
  }

  /** Short, and not with all there is each time: docs/decisions/048-simulation.md. */
  private static void live(World world) {
    People acme = new People(world, "acme");
    People globex = new People(world, "globex");
    acme.live(globex, 1 + world.random().nextInt(2));
    if (world.random().nextInt(3) == 0) {
      globex.live(acme, world.random().nextInt(2));
    }
    while (!acme.idle() || !globex.idle()) {
      world.sleep(Duration.ofSeconds(1));
    }
    world.weather().clear();
    settle(world);
    Invariants invariants = new Invariants(world, List.of(acme, globex));
    invariants.checkLocks();
    world.sleep(PAST_ALL_DEADLINES);
    settle(world);
    invariants.check();
    if (world.random().nextInt(8) == 0) {
      invariants.checkThatAllGoesOn(() -> settle(world));
    }
  }

  private static void settle(World world) {
    while (!world.machines().idle() || !world.functions().idle() || !world.stream().idle()) {
      world.sleep(Duration.ofSeconds(1));
    }
  }
}
