package io.cloudoperator.local.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "cloudoperator 1.0.0",
      "Java " + Runtime.version().feature() + " on " + System.getProperty("os.name")
    };
  }
}
