package io.cloudoperator.runtime;

import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.events.EventBridgeEvents;
import java.time.Duration;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** The way to the bus of events, for functions that have EventBridge in their artifact. */
public final class EventClients {
  private static final Duration ATTEMPT = Duration.ofMillis(1500);
  private static final Duration CALL = Duration.ofSeconds(3);

  private EventClients() {}

  /** Of the bus. What is told there has happened already: nobody should wait for it. */
  public static EventBridgeClient eventBridge(AwsClients clients) {
    var builder = clients.configured(EventBridgeClient.builder().httpClient(clients.http()));
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .build())
        .build();
  }

  /** Publishes on the bus of this name. */
  public static ConnectionEvents events(AwsClients clients, String bus) {
    return new EventBridgeEvents(eventBridge(clients), bus);
  }
}
