package io.cloudoperator.local.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the commands and options. */
@Command(
    name = "completion",
    description =
        "Prints a script for the shell: source <(cloudoperator completion bash). It is the same for"
            + " zsh.")
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec command = CommandSpec.create();

  // One script is for both: picocli's begins with what zsh needs.
  @SuppressWarnings("UnusedVariable")
  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.BASH;

  /** The shells that read the script. */
  enum Shell {
    BASH,
    ZSH
  }

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().println(AutoComplete.bash("cloudoperator", command.root().commandLine()));
    return ExitCode.DONE;
  }
}
