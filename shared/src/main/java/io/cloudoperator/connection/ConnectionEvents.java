package io.cloudoperator.connection;

import java.util.Optional;

/** Publishes connection events to the operator. */
public interface ConnectionEvents {
  /**
   * Publishes an event of a change that is already saved; nothing depends on the result.
   *
   * @return the error code if it could not be published; empty if it was
   */
  Optional<String> publish(ConnectionEvent event);
}
