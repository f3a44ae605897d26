package io.cloudoperator.access;

import java.io.IOException;
import java.io.Serial;

/** An answer that is not what was asked for, or is beyond the limits. Never quotes it. */
final class UnreadableAnswerException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  UnreadableAnswerException(String message) {
    super(message);
  }
}
