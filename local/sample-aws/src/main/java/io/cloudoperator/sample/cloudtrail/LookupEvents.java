package io.cloudoperator.sample.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.ContinuationToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * LookupEvents: one attribute, a time range, 50 a page, newest first; 2 requests a second in each
 * account and region.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">LookupEvents</a>
 */
final class LookupEvents {

  private static final int LARGEST = 50;
  private static final int A_SECOND = 2;
  private static final JsonMapper JSON = new JsonMapper();

  private final RecordedEvents events;
  private final boolean quota;
  private final InstantSource clock;
  private final Map<String, Deque<Instant>> latest = new HashMap<>();

  LookupEvents(RecordedEvents events, boolean quota, InstantSource clock) {
    this.events = events;
    this.quota = quota;
    this.clock = clock;
  }

  ObjectNode answer(String account, String region, JsonNode input) {
    if (quota) {
      take(account + "/" + region);
    }
    int most = input.path("MaxResults").asInt(LARGEST);
    if (most < 1 || most > LARGEST) {
      throw new AwsError(400, "InvalidMaxResultsException", "Max results must be 1 to 50");
    }
    long from = input.path("StartTime").asLong(0);
    long to = input.path("EndTime").asLong(Long.MAX_VALUE);
    if (from > to) {
      throw new AwsError(400, "InvalidTimeRangeException", "The start is after the end");
    }
    JsonNode attributes = input.path("LookupAttributes");
    if (attributes.size() > 1) {
      throw new AwsError(400, "InvalidLookupAttributesException", "You can only specify one");
    }
    // What comes while pages are read must not move them.
    String scope = "LookupEvents/%s/%s/%d/%d/%s".formatted(account, region, from, to, attributes);
    scope = scope.replace('|', '/');
    ContinuationToken token =
        ContinuationToken.decode(
            Optional.ofNullable(input.path("NextToken").textValue()),
            scope,
            Integer.MAX_VALUE,
            () -> new AwsError(400, "InvalidNextTokenException", "The token is invalid"));
    List<TrailEvent> found =
        events.seen(account, region, token.start() == 0 ? Long.MAX_VALUE : token.start()).stream()
            .filter(event ->
                event.request().time().getEpochSecond() >= from
                    && event.request().time().getEpochSecond() <= to
                    && matches(event, account, attributes))
            .limit(most + 1L)
            .toList();
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("Events");
    found.stream().limit(most).forEach(event -> list.add(entry(event, account)));
    if (found.size() > most) {
      int next = (int) found.get(most - 1).number();
      answer.put("NextToken", new ContinuationToken(scope, next, false).encode());
    }
    return answer;
  }

  private static boolean matches(TrailEvent event, String account, JsonNode attributes) {
    for (JsonNode attribute : attributes) {
      String value = attribute.path("AttributeValue").asText();
      return switch (attribute.path("AttributeKey").asText()) {
        case "Username" -> event.username(account).filter(value::equals).isPresent();
        case "EventName" -> event.name().equals(value);
        case "ResourceName" ->
            event.resources().stream().anyMatch(each -> each.getValue().equals(value));
        default ->
            throw new AwsError(
                400,
                "InvalidLookupAttributesException",
                "The sample AWS does not support this attribute");
      };
    }
    return true;
  }

  private static ObjectNode entry(TrailEvent event, String account) {
    ObjectNode entry =
        JSON.createObjectNode()
            .put("EventId", event.id(account))
            .put("EventName", event.name())
            .put("ReadOnly", String.valueOf(event.readOnly()))
            .put("EventTime", event.request().time().getEpochSecond())
            .put("EventSource", event.source());
    event.username(account).ifPresent(name -> entry.put("Username", name));
    ArrayNode resources = entry.putArray("Resources");
    event
        .resources()
        .forEach(each ->
            resources
                .addObject()
                .put("ResourceType", each.getKey())
                .put("ResourceName", each.getValue()));
    return entry.put("CloudTrailEvent", event.json(account));
  }

  private synchronized void take(String place) {
    Instant now = clock.instant();
    Deque<Instant> taken = latest.computeIfAbsent(place, _ -> new ArrayDeque<>());
    taken.removeIf(at -> !at.isAfter(now.minus(Duration.ofSeconds(1))));
    if (taken.size() >= A_SECOND) {
      throw new AwsError(400, "ThrottlingException", "Rate exceeded");
    }
    taken.add(now);
  }
}
