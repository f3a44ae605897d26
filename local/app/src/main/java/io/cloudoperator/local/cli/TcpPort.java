package io.cloudoperator.local.cli;

/** The TCP port that an option names. */
final class TcpPort {
  private static final int HIGHEST = 65_535;

  private TcpPort() {}

  /**
   * The port itself.
   *
   * @throws Failure unless from 0 to 65535
   */
  static int valid(int port) throws Failure {
    if (port < 0 || port > HIGHEST) {
      throw new Failure("--port is a number from 0 to " + HIGHEST + ".");
    }
    return port;
  }
}
