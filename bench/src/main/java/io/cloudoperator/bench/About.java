package io.cloudoperator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a reader has to know of a run before believing its figures. */
final class About {
  private static final OperatingSystemMXBean OS = ManagementFactory.getOperatingSystemMXBean();

  private About() {}

  static Map<String, String> thisRun(Pass pass) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    about.put("commit", commit(pass.root()));
    about.put("jdk", Runtime.version() + " (" + System.getProperty("java.vendor", "unknown") + ")");
    about.put(
        "machine",
        "%s %s, %d processors (%s)"
            .formatted(OS.getName(), OS.getArch(), OS.getAvailableProcessors(), processor()));
    about.put(
        "load",
        "%.2f in the minute before; figures of a machine that does other work are worth little"
            .formatted(load()));
    about.put("pass", pass.quick() ? "quick: not to be quoted" : "full");
    return about;
  }

  /** Of the last minute. Its own work is in it: on a quiet machine it is about one. */
  static double load() {
    return OS.getSystemLoadAverage();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown model");
    } catch (IOException _) {
      return "unknown model";
    }
  }

  /** With a plus sign where the tree holds what no commit does. */
  private static String commit(Path root) {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--abbrev=12", "--dirty=+")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "unknown" : said;
    } catch (IOException _) {
      return "unknown";
    }
  }
}
