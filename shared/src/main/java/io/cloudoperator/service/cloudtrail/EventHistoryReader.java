package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.reconcile.Event;
import io.cloudoperator.reconcile.TrailEvents;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
  public static final ReadOperation<TrailEvents> BY_SESSION =
      operation("Username", "{" + VALUE + "}");

  /** What names a role: among it the AssumeRole calls that began its sessions. */
  public static final ReadOperation<TrailEvents> BY_ROLE =
      operation("ResourceName", "{" + VALUE + "}");

  /** Every AssumeRole, of whichever role. */
  public static final ReadOperation<TrailEvents> ASSUME_ROLE = operation("EventName", "AssumeRole");

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
  private static ReadOperation<TrailEvents> operation(String attribute, String value) {
    return ReadOperation.audit(
            CloudTrail.SERVICE,
            "LookupEvents",
            "Holds our ledger against what CloudTrail recorded of our sessions, on request.")
        // Nine tenths of 2 a second, and never 3 in any second: what a session did is read to its
        // end within one request over HTTP, or not at all.
        // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
        .limited(1.8, 1)
        .body(
            ("{\"LookupAttributes\":[{\"AttributeKey\":\"%s\",\"AttributeValue\":\"%s\"}],"
                    + "\"StartTime\":{#%s},\"EndTime\":{#%s},\"MaxResults\":%d}")
                .formatted(attribute, value, FROM, TO, PAGE))
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
    if (!pages(cloudTrail, BY_SESSION, Optional.of(session), _ -> true)) {
      return false;
    }
    if (asked.assumed().isEmpty()) {
      return true;
    }
    String role = asked.assumed().get().value();
    if (!pages(cloudTrail, BY_ROLE, Optional.of(role), _ -> true)) {
      return false;
    }
    // That AssumeRole is found by the role from another account is what is seen of CloudTrail, and
    // not documented: before it is said that there is no such event, all are looked through.
    return events().events().stream().anyMatch(event -> began(event, session))
        || pages(
            cloudTrail,
            ASSUME_ROLE,
            Optional.empty(),
            event -> began(event, session) || assumed(event, role));
  }

  /** What has been read so far, each event once. */
  public TrailEvents events() {
    return TrailEvents.of(read);
  }

  private static boolean began(Event event, String session) {
    return event.assume().filter(assume -> assume.session().equals(session)).isPresent();
  }

  private static boolean assumed(Event event, String role) {
    return event.assume().filter(assume -> assume.roleArn().equals(role)).isPresent();
  }

  private boolean pages(
      AwsClient cloudTrail,
      ReadOperation<TrailEvents> question,
      Optional<String> value,
      Predicate<Event> ours) {
    Map<String, String> arguments =
        new HashMap<>(
            Map.of(
                FROM, String.valueOf(asked.from().getEpochSecond()),
                TO, String.valueOf(asked.to().getEpochSecond())));
    value.ifPresent(text -> arguments.put(VALUE, text));
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    do {
      if (!clock.instant().isBefore(asked.until())) {
        return false;
      }
      Page<TrailEvents> page = cloudTrail.page(question, arguments, token);
      keep(page.value(), ours);
      token = page.next();
      if (token.isPresent() && !tokens.add(token.get())) {
        throw SdkClientException.create(
            "no end", new UnreadableResponseException("the tokens of pages lead in a circle"));
      }
    } while (token.isPresent());
    return true;
  }

  private void keep(TrailEvents page, Predicate<Event> ours) {
    read.add(
        new TrailEvents(
            page.events().stream().filter(ours).filter(event -> ids.add(event.id())).toList(),
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
