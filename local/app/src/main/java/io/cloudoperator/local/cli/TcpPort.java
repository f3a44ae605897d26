package io.cloudoperator.local.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the TCP port that an option names. */
final class TcpPort implements ITypeConverter<Integer> {
  private static final int HIGHEST = 65_535;

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= HIGHEST) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Nor is that a port.
    }
    throw new TypeConversionException("it is a number from 0 to " + HIGHEST);
  }
}
