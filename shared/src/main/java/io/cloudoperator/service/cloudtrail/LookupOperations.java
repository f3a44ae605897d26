package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.RequestBody;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.reconcile.TrailEvents;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CloudTrail's LookupEvents, in the three ways in which we ask: it takes one attribute at a time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">LookupEvents</a>
 */
public final class LookupOperations {
  static final String VALUE = "value";
  static final String FROM = "from";
  static final String TO = "to";

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

  private LookupOperations() {}

  private static ReadOperation<TrailEvents> operation(String attribute, String value) {
    return new ReadOperation<>(
        AwsService.CLOUDTRAIL,
        "LookupEvents",
        "cloudtrail:LookupEvents",
        Tier.AUDIT,
        "Holds our ledger against what CloudTrail recorded of our sessions, on request.",
        RequestPath.ROOT,
        Set.of(),
        Map.of(),
        Optional.of(
            RequestBody.of(
                ("{\"LookupAttributes\":[{\"AttributeKey\":\"%s\",\"AttributeValue\":\"%s\"}],"
                        + "\"StartTime\":{#%s},\"EndTime\":{#%s},\"MaxResults\":%d}")
                    .formatted(attribute, value, FROM, TO, PAGE))),
        Optional.of("NextToken"),
        LookupOperations::events);
  }

  private static Page<TrailEvents> events(InputStream answer) throws IOException {
    Page<List<TrailEvents>> page =
        JsonPages.page(
            JsonReader.open(answer, TrailEvents.LONGEST),
            "Events",
            "NextToken",
            LookupOperations::event);
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
