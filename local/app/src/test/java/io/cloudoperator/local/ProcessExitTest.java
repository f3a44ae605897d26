package io.cloudoperator.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessExitTest {
  @Test
  void passesShutdownHooksOverWhereItIsAskedTo() throws Exception {
    assertThat(ended("-D" + ProcessExit.AT_ONCE + "=true")).isEqualTo("printed, 3");
  }

  @Test
  void runsThemOtherwise() throws Exception {
    assertThat(ended("-D" + ProcessExit.AT_ONCE + "=false")).isEqualTo("printed hook, 3");
    assertThat(ended("-Dnothing=true")).isEqualTo("printed hook, 3");
  }

  private static String ended(String property) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    property,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Ending.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return printed + ", " + process.waitFor();
  }

  /** What is tried. */
  static final class Ending {
    private Ending() {}

    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print(" hook")));
      System.out.print("printed");
      ProcessExit.with(3);
    }
  }
}
