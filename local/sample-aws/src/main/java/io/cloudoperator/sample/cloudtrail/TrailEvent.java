package io.cloudoperator.sample.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.iam.Caller;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An event, as CloudTrail's record contents describe it.
 *
 * @param number counts up over all accounts and regions
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">Record
 *     contents</a>
 */
record TrailEvent(long number, LoggedRequest request, Caller caller) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Some services put the version of their API into the names of events. */
  private static final Map<String, String> NAMES =
      Map.of(
          "lambda:ListFunctions", "ListFunctions20150331",
          "cloudfront:ListDistributions", "ListDistributions2020_05_31");

  boolean seenBy(String account) {
    return caller.accountId().equals(account)
        || (isAssumeRole() && request.status() == 200 && roleAccount().equals(account));
  }

  String name() {
    return NAMES.getOrDefault(request.service() + ":" + request.operation(), request.operation());
  }

  String source() {
    return request.service() + ".amazonaws.com";
  }

  String id(String account) {
    return UUID.nameUUIDFromBytes((account + request.requestId()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /** The session's name or the user's; an account sees nobody's of another. */
  Optional<String> username(String account) {
    return caller.accountId().equals(account)
        ? Optional.of(caller.arn().substring(caller.arn().lastIndexOf('/') + 1))
        : Optional.empty();
  }

  /** Whether it changes nothing: of what the sample answers, only IAM's roles can be changed. */
  boolean readOnly() {
    return !request.service().equals("iam") || name().matches("(Get|List).*");
  }

  /** What it is about: of an AssumeRole the role and the session. */
  List<Map.Entry<String, String>> resources() {
    if (!isAssumeRole() || request.status() != 200) {
      return List.of();
    }
    return Stream.of(
            Map.entry("AWS::STS::AssumedRole", parameter("RoleSessionName")),
            Map.entry("AWS::STS::AssumedRole", sessionArn()),
            Map.entry("AWS::IAM::Role", parameter("RoleArn")))
        .toList();
  }

  /** The event itself, as a string. */
  String json(String account) {
    ObjectNode event = JSON.createObjectNode().put("eventVersion", "1.11");
    event.set("userIdentity", identity(account));
    event
        .put("eventTime", time())
        .put("eventSource", source())
        .put("eventName", name())
        .put("awsRegion", request.region())
        .put("sourceIPAddress", "127.0.0.1")
        .put("userAgent", "sample");
    if (request.status() >= 400) {
      event.put(
          "errorCode", (request.service().equals("ec2") ? "Client." : "") + request.errorCode());
    }
    event.set("requestParameters", parameters());
    event.set("responseElements", answer());
    event
        .put("requestID", request.requestId())
        .put("eventID", id(account))
        .put("readOnly", readOnly())
        .put("eventType", "AwsApiCall")
        .put("managementEvent", true)
        .put("recipientAccountId", account)
        .put("eventCategory", "Management");
    ArrayNode resources = event.putArray("resources");
    if (isAssumeRole()) {
      resources
          .addObject()
          .put("accountId", roleAccount())
          .put("type", "AWS::IAM::Role")
          .put("ARN", parameter("RoleArn"));
    }
    return event.toString();
  }

  private ObjectNode identity(String account) {
    ObjectNode identity = JSON.createObjectNode();
    if (!caller.accountId().equals(account)) {
      return identity
          .put("type", "AWSAccount")
          .put("principalId", caller.userId())
          .put("accountId", caller.accountId());
    }
    identity
        .put("type", caller.roleSession() ? "AssumedRole" : "IAMUser")
        .put("principalId", caller.userId())
        .put("arn", caller.arn())
        .put("accountId", account)
        .put("accessKeyId", request.accessKeyId());
    if (caller.roleSession()) {
      ObjectNode context = identity.putObject("sessionContext");
      context
          .putObject("sessionIssuer")
          .put("type", "Role")
          .put("principalId", caller.userId().replaceFirst(":.*", ""))
          .put("arn", caller.principalArn())
          .put("accountId", account)
          .put(
              "userName",
              caller.principalArn().substring(caller.principalArn().lastIndexOf('/') + 1));
      ObjectNode attributes = context.putObject("attributes").put("mfaAuthenticated", "false");
      caller.issued().ifPresent(issued -> attributes.put("creationDate", issued.toString()));
    }
    return identity;
  }

  /** Of all but AssumeRole nobody here asks. */
  private JsonNode parameters() {
    if (!isAssumeRole()) {
      return JSON.nullNode();
    }
    ObjectNode parameters =
        JSON.createObjectNode()
            .put("roleArn", parameter("RoleArn"))
            .put("roleSessionName", parameter("RoleSessionName"));
    Map<String, String> given = request.parameters();
    if (given.containsKey("ExternalId")) {
      parameters.put("externalId", given.get("ExternalId"));
    }
    if (given.containsKey("Policy")) {
      parameters.put("policy", given.get("Policy"));
    }
    // One that is no number was refused, and is left out here.
    if (parameter("DurationSeconds").matches("\\d{1,9}")) {
      parameters.put("durationSeconds", Integer.parseInt(parameter("DurationSeconds")));
    }
    return parameters;
  }

  private JsonNode answer() {
    if (!isAssumeRole() || request.status() != 200) {
      return JSON.nullNode();
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("assumedRoleUser").put("arn", sessionArn());
    return answer;
  }

  private boolean isAssumeRole() {
    return request.service().equals("sts") && request.operation().equals("AssumeRole");
  }

  private String sessionArn() {
    String role = parameter("RoleArn");
    return "arn:aws:sts::%s:assumed-role/%s/%s"
        .formatted(
            roleAccount(), role.substring(role.lastIndexOf('/') + 1), parameter("RoleSessionName"));
  }

  private String roleAccount() {
    String[] parts = parameter("RoleArn").split(":", 6);
    return parts.length > 4 ? parts[4] : "";
  }

  private String parameter(String name) {
    return request.parameters().getOrDefault(name, "");
  }

  private String time() {
    return request.time().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
