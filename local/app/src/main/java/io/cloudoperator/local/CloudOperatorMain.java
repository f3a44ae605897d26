package io.cloudoperator.local;

import io.cloudoperator.local.cli.CloudOperatorCommand;

/** Where {@code ./cloudoperator} begins. */
public final class CloudOperatorMain {
  private CloudOperatorMain() {}

  public static void main(String[] arguments) {
    System.exit(CloudOperatorCommand.run(System.out, System.err, arguments));
  }
}
