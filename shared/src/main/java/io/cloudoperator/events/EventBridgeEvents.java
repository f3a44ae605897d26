package io.cloudoperator.events;

import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Events on a bus of EventBridge, each with the source {@code cloudoperator} and a detail-type such
 * as {@code Connection Revoked}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventBridgeEvents implements ConnectionEvents {
  private static final String SOURCE = "cloudoperator";

  private final EventBridgeClient client;
  private final String bus;

  /**
   * @param bus its name
   */
  public EventBridgeEvents(EventBridgeClient client, String bus) {
    this.client = client;
    this.bus = bus;
  }

  /**
   * @param message one sentence
   */
  private record Detail(
      TenantId tenant,
      ConnectionId connection,
      Optional<AccountId> account,
      Instant time,
      String message) {}

  @Override
  public Optional<String> publish(ConnectionEvent event) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName(bus)
            .source(SOURCE)
            .detailType(event.kind().detailType())
            .time(event.at())
            .detail(
                Json.write(
                    new Detail(
                        event.tenant(),
                        event.connection(),
                        event.account(),
                        event.at(),
                        event.kind().sentence())))
            .build();
    try {
      PutEventsResponse answer = client.putEvents(request -> request.entries(entry));
      // An entry can fail where the request does not.
      return answer.failedEntryCount() == 0
          ? Optional.empty()
          : Optional.of(answer.entries().getFirst().errorCode());
    } catch (SdkException e) {
      return Optional.of(AwsErrors.code(e));
    }
  }
}
