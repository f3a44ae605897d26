package io.cloudoperator.connection;

import java.util.Optional;

/** Tells the operator what happened to connections. */
public interface ConnectionEvents {
  /**
   * Publishes an event. It is told after the fact, so nothing depends on it.
   *
   * @return the code of what kept it from being published; empty when it was
   */
  Optional<String> publish(ConnectionEvent event);
}
