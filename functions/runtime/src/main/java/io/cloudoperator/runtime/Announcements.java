package io.cloudoperator.runtime;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionEvents;
import java.time.InstantSource;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Tells the operator what happened to a connection: by an event, a metric and a line in the log.
 * The change has been made before; that it cannot be told changes nothing, and is told in turn.
 */
public final class Announcements {
  private final ConnectionEvents events;
  private final InstantSource clock;
  private final Telemetry telemetry;

  /** Announces through these. */
  public Announcements(ConnectionEvents events, InstantSource clock, Telemetry telemetry) {
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
    announce(ConnectionEvent.tampered(connection, clock.instant()));
  }

  private void announce(ConnectionEvent event) {
    switch (event.kind()) {
      case REVOKED -> telemetry.measure("ConnectionsRevoked", 1, MetricUnit.COUNT);
      case RESTORED -> telemetry.measure("ConnectionsRestored", 1, MetricUnit.COUNT);
      case QUARANTINED -> telemetry.measure("ConnectionsQuarantined", 1, MetricUnit.COUNT);
      case TAMPERED -> telemetry.measure("ReferencesTampered", 1, MetricUnit.COUNT);
    }
    telemetry.warn("something happened to the connection", event.kind().name());
    events
        .publish(event)
        .ifPresent(code -> {
          telemetry.warn("an event could not be published", code);
          telemetry.measure("EventsUnpublished", 1, MetricUnit.COUNT);
        });
  }
}
