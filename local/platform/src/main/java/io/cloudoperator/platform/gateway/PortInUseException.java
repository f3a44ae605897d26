package io.cloudoperator.platform.gateway;

import java.io.IOException;
import java.io.Serial;

/** Another program listens on the port that was asked for. */
public final class PortInUseException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  PortInUseException(int port, Throwable cause) {
    super("Port " + port + " is taken by another program", cause);
  }
}
