package io.cloudoperator.sample.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.JsonInput;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * CloudTrail: trails and event history. An account has one trail, which records all regions, signs
 * its digests and is logging, or it has none.
 */
public final class CloudTrailService extends Service {

  private static final String NAME = "management-events";
  private static final String HOME = "us-east-1";

  private static final Set<String> LOOKUP =
      Set.of("LookupAttributes", "StartTime", "EndTime", "MaxResults", "NextToken");

  private final Predicate<String> hasTrail;
  private final LookupEvents lookup;

  /**
   * @param hasTrail whether the account of an id has a trail
   * @param events that are looked up, trail or not
   * @param quota whether LookupEvents is throttled
   */
  public CloudTrailService(
      Predicate<String> hasTrail, RecordedEvents events, boolean quota, InstantSource clock) {
    super("cloudtrail", Protocol.JSON, "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101");
    this.hasTrail = hasTrail;
    this.lookup = new LookupEvents(events, quota, clock);
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.document("DescribeTrails", this::trails),
        Operation.document("GetTrailStatus", this::status).asking(),
        Operation.document("LookupEvents", this::events));
  }

  private ObjectNode trails(ServiceCall call) {
    input(call, Set.of());
    String account = call.caller().accountId();
    ObjectNode answer = JsonBody.object();
    ArrayNode trails = answer.putArray("trailList");
    if (hasTrail.test(account)) {
      trails
          .addObject()
          .put("Name", NAME)
          .put("S3BucketName", "trail-" + account)
          .put("IncludeGlobalServiceEvents", true)
          .put("IsMultiRegionTrail", true)
          .put("HomeRegion", HOME)
          .put("TrailARN", arn(account))
          .put("LogFileValidationEnabled", true)
          .put("HasCustomEventSelectors", false)
          .put("HasInsightSelectors", false)
          .put("IsOrganizationTrail", false);
    }
    return answer;
  }

  private ObjectNode status(ServiceCall call) {
    String account = call.caller().accountId();
    String name = input(call, Set.of("Name")).path("Name").asText();
    // A trail of another region is known by its ARN alone.
    boolean known =
        hasTrail.test(account)
            && (name.equals(arn(account)) || (name.equals(NAME) && call.region().equals(HOME)));
    call.require("GetTrailStatus", known ? arn(account) : name);
    if (!known) {
      throw new AwsError(
          400,
          "TrailNotFoundException",
          "Unknown trail: %s for the user: %s".formatted(name, account));
    }
    return JsonBody.object().put("IsLogging", true);
  }

  private ObjectNode events(ServiceCall call) {
    return lookup.answer(call.caller().accountId(), call.region(), input(call, LOOKUP));
  }

  private static String arn(String account) {
    return "arn:aws:cloudtrail:%s:%s:trail/%s".formatted(HOME, account, NAME);
  }

  private static JsonNode input(ServiceCall call, Set<String> known) {
    return JsonInput.of(
            call.request(),
            known,
            message -> new AwsError(400, "InvalidParameterCombinationException", message))
        .document();
  }
}
