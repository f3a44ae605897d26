package io.cloudoperator.connect;

import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the events that were published. */
final class Heard implements ConnectionEvents {
  private final List<ConnectionEvent> events = new ArrayList<>();

  @Override
  public Optional<String> publish(ConnectionEvent event) {
    events.add(event);
    return Optional.empty();
  }

  List<ConnectionEvent.Kind> kinds() {
    return events.stream().map(ConnectionEvent::kind).toList();
  }
}
