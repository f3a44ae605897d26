package io.cloudoperator.bench.peers;

import io.cloudoperator.bench.customer.Customer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs commands and says what they took.
 *
 * @param python an interpreter, of whatever version
 * @param script bench/peers/measure.py
 * @param logs a folder for what they say on standard error
 */
record Measured(String python, Path script, Path logs) {
  /** What an own tool needs of the broker's credentials; and nothing of whoever runs the bench. */
  static Map<String, String> environment(Customer broker) {
    return new TreeMap<>(
        Map.of(
            "AWS_ACCESS_KEY_ID", broker.keyId(),
            "AWS_SECRET_ACCESS_KEY", broker.secret(),
            "AWS_REGION", "us-east-1",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_CONFIG_FILE", "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
            "AWS_EC2_METADATA_DISABLED", "true"));
  }

  /** The same, and every service is at the sample's endpoint. */
  static Map<String, String> environmentOfPeer(Customer broker) {
    Map<String, String> environment = environment(broker);
    environment.put("AWS_ENDPOINT_URL", broker.endpoint().toString());
    // Packages are compiled when they are installed; nothing is to be left beside the scripts.
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return environment;
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if it does not end with exit code 0, with its last words
   */
  Took run(String name, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> measured = new ArrayList<>(List.of(python, script.toString()));
    measured.addAll(command);
    Path log = Files.createDirectories(logs).resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(measured).redirectError(log.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.startsWith("AWS_") || variable.startsWith("PYTHON"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      if (process.waitFor() != 0) {
        List<String> said = Files.readAllLines(log);
        throw new IOException(
            name
                + " failed: "
                + String.join("\n", said.subList(Math.max(0, said.size() - 5), said.size())));
      }
      return Took.read(lines);
    } finally {
      process.destroyForcibly();
    }
  }
}
