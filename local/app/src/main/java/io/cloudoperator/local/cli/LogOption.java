package io.cloudoperator.local.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How much the functions log. */
final class LogOption {
  @Option(
      names = "--log",
      paramLabel = "off|warn|info",
      description =
          "What the functions log, as JSON on standard error (default: off for scan, info for"
              + " serve).")
  private Optional<Level> level = Optional.empty();

  /** From what severity on. */
  enum Level {
    OFF,
    WARN,
    INFO
  }

  /** Takes effect if nothing has been logged yet: log4j2-local.xml reads it once. */
  void apply(Level otherwise) {
    System.setProperty("cloudoperator.log", level.orElse(otherwise).name());
  }
}
