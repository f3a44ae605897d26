package io.cloudoperator.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

class EventsEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final EventsEndpoint endpoint;
  private final EventBridgeClient client;

  EventsEndpointTest() throws IOException {
    endpoint = EventsEndpoint.start(Set.of("Bus"), "111122223333", "us-east-1", () -> NOW);
    client =
        EventBridgeClient.builder()
            .endpointOverride(endpoint.url())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    endpoint.close();
  }

  @Test
  void keepsAnEventAsATargetWouldReceiveIt() {
    String id = put(_ -> {}).entries().getFirst().eventId();

    JsonNode event = endpoint.events().getFirst();
    assertThat(event.path("id").asText()).isEqualTo(id);
    assertThat(event.path("source").asText()).isEqualTo("cloudoperator");
    assertThat(event.path("detail-type").asText()).isEqualTo("Connection Revoked");
    assertThat(event.path("account").asText()).isEqualTo("111122223333");
    assertThat(event.path("time").asText()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(event.at("/detail/tenant").asText()).isEqualTo("acme");
  }

  @Test
  void refusesAnEntryAlone() {
    PutEventsResponse answer =
        client.putEvents(put ->
            put.entries(
                entry(_ -> {}),
                entry(e -> e.source("")),
                entry(e -> e.detail("[]")),
                entry(e -> e.source("aws.ec2")),
                entry(e -> e.eventBusName("Other"))));

    assertThat(answer.failedEntryCount()).isEqualTo(4);
    assertThat(answer.entries().stream().skip(1).map(result -> result.errorCode()))
        .containsExactly(
            "InvalidArgument", "MalformedDetail", "NotAuthorizedForSource", "InvalidArgument");
    assertThat(endpoint.events()).hasSize(1);
  }

  @Test
  void takesAtMostTenAtOnce() {
    List<PutEventsRequestEntry> eleven = Collections.nCopies(11, entry(_ -> {}));

    assertThatThrownBy(() -> client.putEvents(put -> put.entries(eleven)))
        .isInstanceOfSatisfying(
            EventBridgeException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
  }

  @Test
  void knowsNoOtherOperation() {
    assertThatThrownBy(() -> client.listRules(list -> list.eventBusName("Bus")))
        .isInstanceOf(EventBridgeException.class);
  }

  @Test
  void keepsTheLastOnes() {
    for (int i = 0; i < EventsEndpoint.KEPT + 1; i++) {
      String type = "Event " + i;
      put(entry -> entry.detailType(type));
    }

    assertThat(endpoint.events()).hasSize(EventsEndpoint.KEPT);
    assertThat(endpoint.events().getFirst().path("detail-type").asText()).isEqualTo("Event 1");
  }

  private PutEventsResponse put(Consumer<PutEventsRequestEntry.Builder> change) {
    return client.putEvents(put -> put.entries(entry(change)));
  }

  private static PutEventsRequestEntry entry(Consumer<PutEventsRequestEntry.Builder> change) {
    PutEventsRequestEntry.Builder entry =
        PutEventsRequestEntry.builder()
            .eventBusName("Bus")
            .source("cloudoperator")
            .detailType("Connection Revoked")
            .detail("{\"tenant\":\"acme\"}");
    change.accept(entry);
    return entry.build();
  }
}
