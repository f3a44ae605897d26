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
 * The scripts of deployed/, whose tables are this test's output: the stack of template.yaml,
 * deployed by SAM onto an emulator of AWS, and each function by {@code sam local invoke}; functions
 * run in Docker. Skipped where there is none.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class DeployedTest {
  private static final int NO_DOCKER = 77;

  @Test
  void livesAConnectionsLifeOnADeployedStack() throws Exception {
    passes("deployed/run");
  }

  @Test
  void answersEachEventInSamLocalInvoke() throws Exception {
    passes("deployed/invoke");
  }

  private static void passes(String script) throws Exception {
    Path root = Path.of(System.getProperty("repository.root", ".."));
    Process run =
        new ProcessBuilder(root.resolve(script).toString()).redirectErrorStream(true).start();
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
