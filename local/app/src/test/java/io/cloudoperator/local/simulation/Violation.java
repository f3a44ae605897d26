package io.cloudoperator.local.simulation;

/** Something that must never be, and was. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  Violation(String message) {
    super(message);
  }
}
