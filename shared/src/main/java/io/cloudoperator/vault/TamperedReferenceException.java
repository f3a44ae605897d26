package io.cloudoperator.vault;

/** A sealed reference that does not belong where it was found, or was changed. */
public final class TamperedReferenceException extends RuntimeException {
  /** Without any part of the reference. */
  public TamperedReferenceException() {
    super("a role reference does not belong to the connection in which it was found");
  }
}
