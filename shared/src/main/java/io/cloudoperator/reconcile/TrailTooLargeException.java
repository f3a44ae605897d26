package io.cloudoperator.reconcile;

/** There is more in the files than {@link ReadLimits} allow. */
public final class TrailTooLargeException extends TrailException {
  private static final long serialVersionUID = 1;

  TrailTooLargeException(String sentence) {
    super(sentence);
  }
}
