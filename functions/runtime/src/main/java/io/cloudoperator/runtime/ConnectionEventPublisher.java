package io.cloudoperator.runtime;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionEvent.Kind;
import io.cloudoperator.connection.ConnectionEvents;
import java.time.InstantSource;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Tells the operator what happened to a connection: by an event, a metric and a line in the log.
 * The change has been made before; that it cannot be told changes nothing, and is told in turn.
 */
public final class ConnectionEventPublisher {
  private final ConnectionEvents events;
  private final InstantSource clock;
  private final Telemetry telemetry;

  public ConnectionEventPublisher(
      ConnectionEvents events, InstantSource clock, Telemetry telemetry) {
    this.events = events;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** A connection was changed; most changes are nothing to announce. */
  public void changed(Connection before, Connection after) {
    ConnectionEvent.of(before, after, clock.instant()).ifPresent(this::announce);
  }

  /** The reference of a connection could not be opened. */
  public void tampered(Connection connection) {
    announce(ConnectionEvent.event(Kind.TAMPERED, connection, clock.instant()));
  }

  /** A scan was refused: the proof of a connection's role is too old, and was not repeated. */
  public void unproven(Connection connection) {
    announce(ConnectionEvent.event(Kind.UNPROVEN, connection, clock.instant()));
  }

  private void announce(ConnectionEvent event) {
    telemetry.measure(event.kind().metric(), 1, MetricUnit.COUNT);
    telemetry.warn(LogEvent.of(event.kind().code()), event.kind().name());
    events
        .publish(event)
        .ifPresent(code -> {
          telemetry.warn(LogEvent.EVENT_NOT_PUBLISHED, code);
          telemetry.measure("EventsUnpublished", 1, MetricUnit.COUNT);
        });
  }
}
