package io.cloudoperator.local.simulation.machine;

/** A program does not end. */
public final class StuckException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StuckException(String message) {
    super(message);
  }
}
