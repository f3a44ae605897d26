package io.cloudoperator.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing is lost, whatever fails: {@code mvn -Psimulation verify} runs more of them.
 * docs/decisions/048-simulation.md
 */
@Order(1)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SimulationTest {
  private static final int RUNS = 500;

  /** Far more than any of them has taken. */
  private static final int MOST_UNTIL_FOUND = 1000;

  private static Simulations simulations;

  @BeforeAll
  static void start() throws Exception {
    simulations = Simulations.of(RUNS);
  }

  @AfterAll
  static void stop() {
    simulations.close();
  }

  @Test
  void losesNothingWhateverFails() throws Exception {
    Map<Long, String> results = simulations.run(seeds(RUNS), "");

    assertThat(results).hasSize(RUNS);
    results.forEach((seed, result) ->
        assertThat(result)
            .withFailMessage(() -> SimulationMain.described(seed, result))
            .doesNotStartWith(Simulation.FAILED));
  }

  @Test
  void losesNothingWhereNothingFails() throws Exception {
    assertThat(simulations.run(seeds(20), Simulation.CALM).values())
        .hasSize(20)
        .noneMatch(result -> result.startsWith(Simulation.FAILED));
  }

  /** In another process, and after other seeds. */
  @Test
  void isTheSameRunEachTimeASeedIsGiven() throws Exception {
    Map<Long, String> forwards = simulations.run(seeds(12), "");
    Map<Long, String> backwards;
    try (Simulations other = Simulations.inOneProcess()) {
      backwards = other.run(seeds(12).reversed(), "");
    }

    assertThat(backwards).hasSize(12).isEqualTo(forwards);
    assertThat(forwards.values()).doesNotHaveDuplicates();
  }

  @Test
  void findsEachPlantedBug() throws Exception {
    Map<PlantedBug, Simulations.Found> found = simulations.found(MOST_UNTIL_FOUND);

    assertThat(found).containsOnlyKeys(PlantedBug.values()).hasSizeGreaterThanOrEqualTo(19);
    assertThat(found.values())
        .extracting(Simulations.Found::result)
        .allMatch(result -> result.startsWith(Simulation.FAILED))
        .allMatch(result -> result.contains(Violation.class.getName()));
  }

  private static List<Long> seeds(long count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }
}
