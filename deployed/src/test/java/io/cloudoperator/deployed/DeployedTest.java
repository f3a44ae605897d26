package io.cloudoperator.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The stack of template.yaml, deployed by SAM onto an emulator of AWS with its functions in Docker:
 * {@code deployed/run}, whose table is this test's output. Skipped where there is no Docker.
 */
class DeployedTest {
  private static final int NO_DOCKER = 77;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void livesAConnectionsLifeOnADeployedStack() throws Exception {
    Path root = Path.of(System.getProperty("repository.root", ".."));
    Process run =
        new ProcessBuilder(root.resolve("deployed/run").toString())
            .redirectErrorStream(true)
            .start();
    List<String> table = new ArrayList<>();
    try {
      run.getOutputStream().close();
      run.inputReader()
          .lines()
          .forEach(line -> {
            System.out.println(line);
            table.add(line);
          });
    } finally {
      // It undoes what it has done, and ends.
      run.destroy();
    }
    int exit = run.waitFor();

    assumeThat(exit).as(() -> String.join("\n", table)).isNotEqualTo(NO_DOCKER);
    assertThat(exit).as(() -> String.join("\n", table)).isZero();
    assertThat(table.getLast()).matches("[1-9]\\d* passed, 0 failed, \\d+ skipped");
  }
}
