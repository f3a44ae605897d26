package io.cloudoperator.local.cli;

/** How much the functions log, as JSON lines on standard error. */
enum LogLevel {
  OFF,
  WARN,
  INFO;

  /** Takes effect if nothing has been logged yet: log4j2-local.xml reads it once. */
  void apply() {
    System.setProperty("cloudoperator.log", name());
  }
}
