package io.cloudoperator.sample.cloudtrail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Permission;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;

/**
 * CloudTrail in the JSON 1.1 protocol. An account has one trail, which records all regions, signs
 * its digests and is logging, or it has none.
 */
public final class CloudTrailService implements Service {

  private static final String TARGET = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.";
  private static final String NAME = "management-events";
  private static final String HOME = "us-east-1";
  private static final JsonMapper JSON = new JsonMapper();

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
      Predicate<String> hasTrail, EventHistory events, boolean quota, InstantSource clock) {
    this.hasTrail = hasTrail;
    this.lookup = new LookupEvents(events, quota, clock);
  }

  @Override
  public ServiceName name() {
    return ServiceName.CLOUDTRAIL;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    String target = request.header("X-Amz-Target").orElse("");
    if (!target.startsWith(TARGET)) {
      throw unknownOperation();
    }
    return new Call.Operation(target.substring(TARGET.length()), Params.parse());
  }

  @Override
  public Reply answer(Call call) {
    ObjectNode answer =
        switch (call.action()) {
          case "DescribeTrails" -> trails(call);
          case "GetTrailStatus" -> status(call);
          case "LookupEvents" -> events(call);
          default -> {
            Permission.require(call, "cloudtrail:" + call.action(), "*", "AccessDeniedException");
            throw unknownOperation();
          }
        };
    return Reply.of(200, "application/x-amz-json-1.1", answer.toString());
  }

  private ObjectNode trails(Call call) {
    Permission.require(call, "cloudtrail:DescribeTrails", "*", "AccessDeniedException");
    input(call, Set.of());
    String account = call.caller().accountId();
    ObjectNode answer = JSON.createObjectNode();
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

  private ObjectNode status(Call call) {
    String account = call.caller().accountId();
    String name = input(call, Set.of("Name")).path("Name").asText();
    // A trail of another region is known by its ARN alone.
    boolean known =
        hasTrail.test(account)
            && (name.equals(arn(account)) || (name.equals(NAME) && call.region().equals(HOME)));
    Permission.require(
        call, "cloudtrail:GetTrailStatus", known ? arn(account) : name, "AccessDeniedException");
    if (!known) {
      throw new AwsError(
          400,
          "TrailNotFoundException",
          "Unknown trail: %s for the user: %s".formatted(name, account));
    }
    return JSON.createObjectNode().put("IsLogging", true);
  }

  private ObjectNode events(Call call) {
    Permission.require(call, "cloudtrail:LookupEvents", "*", "AccessDeniedException");
    return lookup.answer(call.caller().accountId(), call.region(), input(call, LOOKUP));
  }

  private static String arn(String account) {
    return "arn:aws:cloudtrail:%s:%s:trail/%s".formatted(HOME, account, NAME);
  }

  private static JsonNode input(Call call, Set<String> known) {
    JsonNode input;
    try {
      input = JSON.readTree(call.request().bodyText());
    } catch (JsonProcessingException _) {
      throw new AwsError(400, "SerializationException", "");
    }
    input
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw new AwsError(
                400,
                "InvalidParameterCombinationException",
                "The sample AWS does not support the parameter " + name);
          }
        });
    return input;
  }

  private static AwsError unknownOperation() {
    return new AwsError(400, "UnknownOperationException", "");
  }
}
