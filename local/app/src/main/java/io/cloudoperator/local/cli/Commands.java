package io.cloudoperator.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, each with the terminal that it writes to. */
final class Commands implements IFactory {
  private final Terminal terminal;

  Commands(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == ScanCommand.class) {
      return type.cast(new ScanCommand(terminal));
    }
    if (type == ServeCommand.class) {
      return type.cast(new ServeCommand(terminal));
    }
    if (type == SampleAwsCommand.class) {
      return type.cast(new SampleAwsCommand(terminal));
    }
    if (type == ReconcileCommand.class) {
      return type.cast(new ReconcileCommand(terminal));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
