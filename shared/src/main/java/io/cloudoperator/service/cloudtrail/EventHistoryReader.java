package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.reconcile.TrailEvents;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What CloudTrail's event history of one region answers to a question, page after page, until all
 * is read or time is up. What was read stays, whatever comes after.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">LookupEvents</a>
 */
public final class EventHistoryReader {
  /** A word of ours: there was more to be read than time to read it. */
  public static final String OUT_OF_TIME = "OutOfTime";

  private static final String VALUE = "value";
  private static final String FROM = "from";
  private static final String TO = "to";

  /** What a session did: the name of a role's session is the user name of its events. */
  public static final ReadOperation<TrailEvents> BY_SESSION = operation("Username");

  /** What names a role, or a session of it, by ARN or name: among it what began the session. */
  public static final ReadOperation<TrailEvents> BY_RESOURCE = operation("ResourceName");

  // As many as it gives:
  // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
  private static final int PAGE = 50;

  private final EventHistoryRequest asked;
  private final InstantSource clock;
  private final Set<String> ids = new HashSet<>();
  private final List<TrailEvents> read = new ArrayList<>();

  public EventHistoryReader(EventHistoryRequest asked, InstantSource clock) {
    this.asked = asked;
    this.clock = clock;
  }

  // LookupEvents takes one attribute at a time.
  private static ReadOperation<TrailEvents> operation(String attribute) {
    return ReadOperation.audit(
            CloudTrail.SERVICE,
            "LookupEvents",
            "Holds our ledger against what CloudTrail recorded of our sessions, on request.")
        // Nine tenths of 2 a second, and never 3 in any second: what a session did is read to its
        // end within one request over HTTP, or not at all.
        // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
        .limited(1.8, 1)
        .body(
            ("{\"LookupAttributes\":[{\"AttributeKey\":\"%s\",\"AttributeValue\":\"{%s}\"}],"
                    + "\"StartTime\":{#%s},\"EndTime\":{#%s},\"MaxResults\":%d}")
                .formatted(attribute, VALUE, FROM, TO, PAGE))
        .pages("NextToken", EventHistoryReader::page);
  }

  /**
   * Reads it.
   *
   * @return whether to its end
   * @throws SdkException if AWS refuses or cannot be read
   */
  public boolean read(AwsClient cloudTrail) {
    String session = asked.session().value();
    if (!pages(cloudTrail, BY_SESSION, session)) {
      return false;
    }
    if (asked.assumed().isEmpty()) {
      return true;
    }
    // An AssumeRole from another account has no user name. It is asked for by what it names, never
    // among the AssumeRole calls of others.
    return pages(cloudTrail, BY_RESOURCE, asked.assumed().get().value())
        && (hasBeginning(session) || pages(cloudTrail, BY_RESOURCE, session));
  }

  /** What has been read so far, each event once. */
  public TrailEvents events() {
    return TrailEvents.of(read);
  }

  private boolean hasBeginning(String session) {
    return events().events().stream()
        .flatMap(event -> event.assume().stream())
        .anyMatch(assume -> assume.session().equals(session));
  }

  private boolean pages(AwsClient cloudTrail, ReadOperation<TrailEvents> question, String value) {
    Map<String, String> arguments =
        Map.of(
            VALUE, value,
            FROM, String.valueOf(asked.from().getEpochSecond()),
            TO, String.valueOf(asked.to().getEpochSecond()));
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    do {
      if (!clock.instant().isBefore(asked.until())) {
        return false;
      }
      Page<TrailEvents> page = cloudTrail.page(question, arguments, token);
      keep(page.value());
      token = page.next();
      if (token.isPresent() && !tokens.add(token.get())) {
        throw SdkClientException.create(
            "no end", new UnreadableResponseException("the tokens of pages lead in a circle"));
      }
    } while (token.isPresent());
    return true;
  }

  private void keep(TrailEvents page) {
    read.add(
        new TrailEvents(
            page.events().stream().filter(event -> ids.add(event.id())).toList(),
            page.unreadable(),
            page.insights()));
  }

  private static Page<TrailEvents> page(InputStream answer) throws IOException {
    Page<List<TrailEvents>> page =
        JsonPages.page(
            JsonReader.open(answer, TrailEvents.LONGEST),
            "Events",
            "NextToken",
            EventHistoryReader::event);
    return new Page<>(TrailEvents.of(page.value()), page.next());
  }

  /** Of what stands beside the event itself nothing is needed: it is in there too. */
  private static TrailEvents event(JsonReader json) throws IOException {
    TrailEvents event = new TrailEvents(List.of(), 1, 0);
    for (int level = json.enterObject(); json.next(level); ) {
      if (json.name().equals("CloudTrailEvent") && json.isText()) {
        event = TrailEvents.of(json.text(TrailEvents.LONGEST));
      }
    }
    return event;
  }
}
