package io.cloudoperator.local.cli;

/** The exit codes of all commands: each says one thing. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_ARGUMENTS = 2;
  static final int PARTIAL_COVERAGE = 3;
  static final int DIFFERS = 4;
  static final int TOO_EARLY = 5;

  private ExitCode() {}
}
