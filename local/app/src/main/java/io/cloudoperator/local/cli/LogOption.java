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
  private Optional<LogLevel> level = Optional.empty();

  void apply(LogLevel otherwise) {
    level.orElse(otherwise).apply();
  }
}
