package io.cloudoperator.local.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How much the functions log. */
final class LogOption {
  /** What the launcher configures logs by. */
  private static final String LOCAL = "classpath:log4j2-local.xml";

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
    Level chosen = level.orElse(otherwise);
    System.setProperty("cloudoperator.log", chosen.name());
    if (chosen == Level.OFF && LOCAL.equals(System.getProperty("log4j2.configurationFile"))) {
      // Where nothing is logged, log4j's core, its plugins and its layout need not be started.
      System.setProperty(
          "log4j2.loggerContextFactory",
          "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
      System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    }
  }
}
