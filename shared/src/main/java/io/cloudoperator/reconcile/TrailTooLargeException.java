package io.cloudoperator.reconcile;

/** There is more in the files than may be read. */
public final class TrailTooLargeException extends TrailException {
  private static final long serialVersionUID = 1;

  TrailTooLargeException(String sentence) {
    super(sentence);
  }
}
