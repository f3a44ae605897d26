package io.cloudoperator.local.backend;

/** The backend cannot start; the message is one sentence that says why. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  StartException(String sentence) {
    super(sentence);
  }
}
