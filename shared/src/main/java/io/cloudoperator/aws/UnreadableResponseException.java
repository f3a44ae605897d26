package io.cloudoperator.aws;

import java.io.IOException;
import java.io.Serial;

/** An answer that is not what was asked for, or is beyond the limits. Never quotes it. */
public final class UnreadableResponseException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public UnreadableResponseException(String message) {
    super(message);
  }
}
