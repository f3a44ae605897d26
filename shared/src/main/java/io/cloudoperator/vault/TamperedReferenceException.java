package io.cloudoperator.vault;

/** A sealed reference was changed, or belongs to another connection. */
public final class TamperedReferenceException extends RuntimeException {
  /** Without any part of the reference. */
  public TamperedReferenceException() {
    super("a role reference does not belong to the connection in which it was found");
  }
}
