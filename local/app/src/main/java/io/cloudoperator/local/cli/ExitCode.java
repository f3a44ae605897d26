package io.cloudoperator.local.cli;

/** What a command's exit code says. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_ARGUMENTS = 2;
  static final int PARTIAL_COVERAGE = 3;
  static final int TOO_EARLY = 3;
  static final int DIFFERS = 4;

  private ExitCode() {}
}
