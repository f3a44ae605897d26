package io.cloudoperator.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** action.yml, as far as it can be tried without GitHub. */
class ActionTest {
  private static final Set<String> OF_THE_ARTIFACT = Set.of("artifact", "retention-days");

  private final JsonNode action;

  ActionTest() throws Exception {
    Path file = Path.of(System.getProperty("repository.root", "../.."), "action.yml");
    action = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
  }

  @Test
  void hasInputsThatAreOptionsOfScan() {
    CommandLine scan = new CommandLine(new ScanCommand(new Terminal(System.out, System.err)));
    Set<String> options = new TreeSet<>();
    action.path("inputs").fieldNames().forEachRemaining(options::add);
    options.removeAll(OF_THE_ARTIFACT);

    assertThat(options).isNotEmpty();
    assertThat(options)
        .allSatisfy(option -> {
          assertThat(scan.getCommandSpec().findOption("--" + option)).isNotNull();
          assertThat(script()).contains("--" + option);
        });
  }

  @Test
  void namesActionsOfOthersByCommit() {
    assertThat(action.path("runs").path("steps").findValuesAsText("uses"))
        .isNotEmpty()
        .allMatch(uses -> uses.matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}"));
  }

  @Test
  void putsNothingThatACallerGivesIntoTheScript() {
    assertThat(script()).doesNotContain("${{");
  }

  @Test
  void callsScanWithEachReportAndTellsItsExitCode(@TempDir Path folder) throws Exception {
    Path program = folder.resolve("cloudoperator");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 3\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder bash = new ProcessBuilder("bash", "-eo", "pipefail").redirectErrorStream(true);
    bash.environment().put("ACTION", folder.toString());
    bash.environment().put("REPORTS", folder.resolve("reports").toString());
    bash.environment().put("REPORT", "a.html ../b.json");
    bash.environment().put("ROLE_ARN", "arn:aws:iam::123456789012:role/r; echo no");
    bash.environment().put("EXTERNAL_ID", "id");
    bash.environment().put("TIER", "minimal");
    bash.environment().put("GITHUB_OUTPUT", folder.resolve("output").toString());

    Process step = bash.start();
    try (OutputStream in = step.getOutputStream()) {
      in.write(script().getBytes(UTF_8));
    }
    String out = new String(step.getInputStream().readAllBytes(), UTF_8);

    assertThat(step.waitFor()).isEqualTo(3);
    assertThat(out.lines())
        .containsExactly(
            "scan",
            "--role-arn",
            "arn:aws:iam::123456789012:role/r; echo no",
            "--external-id",
            "id",
            "--tier",
            "minimal",
            "--report",
            folder.resolve("reports/a.html").toString(),
            "--report",
            folder.resolve("reports/b.json").toString());
    assertThat(folder.resolve("output")).hasContent("exit-code=3");
  }

  private String script() {
    return action.path("runs").path("steps").findValuesAsText("run").getFirst();
  }
}
