package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.reconcile.Event;
import io.cloudoperator.reconcile.TrailEvents;
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
 */
public final class EventHistory {
  /** A word of ours: there was more to be read than time to read it. */
  public static final String OUT_OF_TIME = "OutOfTime";

  private final EventHistoryRequest asked;
  private final InstantSource clock;
  private final Set<String> ids = new HashSet<>();
  private final List<TrailEvents> read = new ArrayList<>();

  public EventHistory(EventHistoryRequest asked, InstantSource clock) {
    this.asked = asked;
    this.clock = clock;
  }

  /**
   * Reads it.
   *
   * @return whether to its end
   * @throws SdkException if AWS refuses or cannot be read
   */
  public boolean read(AwsClient cloudTrail) {
    String session = asked.session().value();
    if (!pages(cloudTrail, LookupOperations.BY_SESSION, Optional.of(session), _ -> true)) {
      return false;
    }
    if (asked.assumed().isEmpty()) {
      return true;
    }
    String role = asked.assumed().get().value();
    if (!pages(cloudTrail, LookupOperations.BY_ROLE, Optional.of(role), _ -> true)) {
      return false;
    }
    // That AssumeRole is found by the role from another account is what is seen of CloudTrail, and
    // not documented: before it is said that there is no such event, all are looked through.
    return events().events().stream().anyMatch(event -> began(event, session))
        || pages(
            cloudTrail,
            LookupOperations.ASSUME_ROLE,
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
                LookupOperations.FROM, String.valueOf(asked.from().getEpochSecond()),
                LookupOperations.TO, String.valueOf(asked.to().getEpochSecond())));
    value.ifPresent(text -> arguments.put(LookupOperations.VALUE, text));
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
}
