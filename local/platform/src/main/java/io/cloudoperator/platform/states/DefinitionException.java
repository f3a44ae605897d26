package io.cloudoperator.platform.states;

import java.io.Serial;

/**
 * A state machine's definition is wrong, or uses what is not known here. The message starts with
 * its place.
 */
public final class DefinitionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  DefinitionException(String path, String reason) {
    super(path + ": " + reason);
  }
}
