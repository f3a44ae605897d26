package io.cloudoperator.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command line in a process of its own, with an environment of its own. */
record CommandProcess(int exitCode, String out, String err) {
  /** Runs it to its end, with nothing of this process's environment that could reach AWS. */
  static CommandProcess run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx448m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlog4j2.configurationFile=classpath:log4j2-local.xml",
                "-Dcloudoperator.root=" + System.getProperty("repository.root", "../.."),
                "-cp",
                System.getProperty("java.class.path"),
                "io.cloudoperator.local.CloudOperatorMain"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("cloudoperator", ".out");
    Path err = Files.createTempFile("cloudoperator", ".err");
    try {
      ProcessBuilder process =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      process
          .environment()
          .keySet()
          .removeIf(name ->
              name.toUpperCase(Locale.ROOT)
                  .matches("AWS_.*|.*_PROXY|(JDK_JAVA|JAVA_TOOL)_OPTIONS"));
      process.environment().putAll(environment);
      int code = process.start().waitFor();
      return new CommandProcess(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
