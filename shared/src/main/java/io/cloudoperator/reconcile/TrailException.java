package io.cloudoperator.reconcile;

/** A file that cannot be used; the message names it and says why, for the person who chose it. */
public class TrailException extends Exception {
  private static final long serialVersionUID = 1;

  TrailException(String sentence) {
    super(sentence);
  }
}
