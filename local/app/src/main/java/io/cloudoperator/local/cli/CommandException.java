package io.cloudoperator.local.cli;

/** Ends a command with exit code 1 and one sentence for the person who ran it. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1;

  CommandException(String sentence) {
    super(sentence);
  }
}
