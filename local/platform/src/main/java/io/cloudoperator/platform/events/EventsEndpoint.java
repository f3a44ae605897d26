package io.cloudoperator.platform.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.JsonEndpoint;
import io.cloudoperator.platform.JsonEndpoint.Refusal;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Speaks as much of the wire protocol of EventBridge as publishes events, {@code PutEvents}, and
 * keeps the last ones as a rule's target would receive them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventsEndpoint implements AutoCloseable {
  /** How many events are kept. */
  public static final int KEPT = 100;

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
  private static final int MOST_ENTRIES = 10;
  private static final int LARGEST_REQUEST = 262_144;
  private static final int LONGEST_DETAIL_TYPE = 128;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Set<String> buses;
  private final String account;
  private final String region;
  private final InstantSource clock;
  private final JsonEndpoint server;
  private final ArrayDeque<JsonNode> kept = new ArrayDeque<>();

  private EventsEndpoint(Set<String> buses, String account, String region, InstantSource clock)
      throws IOException {
    this.buses = Set.copyOf(buses);
    this.account = account;
    this.region = region;
    this.clock = clock;
    this.server = JsonEndpoint.start("AWSEvents.PutEvents", this::put);
  }

  /**
   * Starts it on a free port of the loopback interface.
   *
   * @param buses the names of the event buses that there are
   */
  public static EventsEndpoint start(
      Set<String> buses, String account, String region, InstantSource clock) throws IOException {
    return new EventsEndpoint(buses, account, region, clock);
  }

  public URI url() {
    return server.url();
  }

  /** The last events, oldest first, at most {@link #KEPT}. */
  public List<JsonNode> events() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  private ObjectNode put(JsonNode request) throws Refusal, IOException {
    if (MAPPER.writeValueAsBytes(request).length > LARGEST_REQUEST) {
      throw new Refusal(
          "ValidationException", "Total size of the entries in the request is over the limit.");
    }
    JsonNode entries = request.path("Entries");
    if (!entries.isArray() || entries.isEmpty() || entries.size() > MOST_ENTRIES) {
      throw new Refusal(
          "ValidationException",
          "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member"
              + " must have length between 1 and 10");
    }
    ArrayNode results = JSON.arrayNode();
    int failed = 0;
    for (JsonNode entry : entries) {
      Optional<ObjectNode> fault = fault(entry);
      if (fault.isPresent()) {
        failed++;
      }
      results.add(fault.isPresent() ? fault.get() : taken(entry));
    }
    ObjectNode answer = JSON.objectNode().put("FailedEntryCount", failed);
    answer.set("Entries", results);
    return answer;
  }

  /** An entry fails alone: the others of its request are taken. */
  private Optional<ObjectNode> fault(JsonNode entry) {
    for (String required : List.of("Source", "DetailType", "Detail")) {
      if (entry.path(required).asText().isBlank()) {
        return failed(
            "InvalidArgument",
            "Parameter %s is not valid. Reason: %s is a required argument."
                .formatted(required, required));
      }
    }
    if (entry.path("DetailType").asText().length() > LONGEST_DETAIL_TYPE) {
      return failed(
          "InvalidArgument", "Parameter DetailType is not valid. Reason: It is too long.");
    }
    if (entry.path("Source").asText().startsWith("aws.")) {
      return failed(
          "NotAuthorizedForSource", "Not authorized to publish events of the sources of AWS.");
    }
    if (!object(entry.path("Detail").asText())) {
      return failed("MalformedDetail", "Detail is malformed.");
    }
    // AWS's answer to an unknown bus is not documented: here it is told.
    if (!buses.contains(entry.path("EventBusName").asText("default"))) {
      return failed("InvalidArgument", "Event bus does not exist.");
    }
    return Optional.empty();
  }

  private static Optional<ObjectNode> failed(String code, String message) {
    return Optional.of(JSON.objectNode().put("ErrorCode", code).put("ErrorMessage", message));
  }

  private static boolean object(String text) {
    try {
      return MAPPER.readTree(text).isObject();
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  /**
   * As a target receives it:
   * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
   */
  private ObjectNode taken(JsonNode entry) throws IOException {
    String id = UUID.randomUUID().toString();
    Instant time =
        entry.has("Time")
            ? Instant.ofEpochMilli(Math.round(entry.path("Time").asDouble() * 1000))
            : clock.instant();
    ObjectNode event =
        JSON.objectNode()
            .put("version", "0")
            .put("id", id)
            .put("detail-type", entry.path("DetailType").asText())
            .put("source", entry.path("Source").asText())
            .put("account", account)
            .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", region);
    event.set("resources", entry.has("Resources") ? entry.path("Resources") : JSON.arrayNode());
    event.set("detail", MAPPER.readTree(entry.path("Detail").asText()));
    synchronized (kept) {
      kept.addLast(event);
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
    }
    return JSON.objectNode().put("EventId", id);
  }

  @Override
  public void close() {
    server.close();
  }
}
