package io.cloudoperator.reconcile;

/** A file cannot be used. The message names it and says why. */
public class TrailException extends Exception {
  private static final long serialVersionUID = 1;

  TrailException(String sentence) {
    super(sentence);
  }
}
