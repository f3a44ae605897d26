package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Artifacts are whole: on what they hold and nothing else, each function starts, is primed, answers
 * its event in events/, and does all that it does in the life of a connection. As `mvn package`
 * lays them out; before that there is nothing to run.
 */
@Isolated("ten JVMs, whose calls must not outlast their time-outs")
class PackagedTest {
  private static final Map<String, String> EVENTS =
      Map.of(
          "ConnectFunction", "connect",
          "VerifyFunction", "verify",
          "QueryFunction", "query",
          "StartScanFunction", "start-scan",
          "DueScansFunction", "due-scans",
          "PlanFunction", "plan",
          "ScanRegionsFunction", "scan-regions",
          "ConcludeFunction", "conclude",
          "TrimFunction", "trim");

  @TempDir Path folder;

  @Test
  void liveAConnectionsLifeOnNothingButTheirOwnArtifacts() throws Exception {
    assumeThat(PackagedFunctions.exist()).isTrue();
    CustomerSide.Sample side = ConnectionLife.account();
    Invocations invocations = new Invocations();
    try (PackagedFunctions packaged = new PackagedFunctions(folder, invocations::interlude);
        LocalBackend backend =
            LocalBackend.start(
                new LocalBackend.Options(0, Optional.empty(), side),
                _ -> {},
                _ -> packaged::invoke)) {
      packaged.callingBack(backend);
      for (String function : PackagedFunctions.names().toList()) {
        answerItsEvent(packaged, function);
      }

      ConnectionLife.live(backend, invocations);

      for (String function : PackagedFunctions.names().toList()) {
        assertThat(packaged.log(function))
            .as("the log of " + function)
            .doesNotContain(
                "NoClassDefFoundError",
                "ClassNotFoundException",
                "VerifyError",
                "NoSuchMethodError",
                "priming failed");
      }
    }
  }

  /** The event speaks of a connection that is not there: that may be refused, in its own words. */
  private static void answerItsEvent(PackagedFunctions packaged, String function) throws Exception {
    String event =
        Files.readString(
            Path.of(System.getProperty("repository.root", "."))
                .resolve("events/" + EVENTS.get(function) + ".json"));
    try {
      assertThat(packaged.invoke(function, event)).isNotEmpty();
    } catch (IllegalStateException refused) {
      assertThat(refused).hasMessageContaining("io.cloudoperator");
    }
  }
}
