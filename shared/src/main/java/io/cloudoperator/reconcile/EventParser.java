package io.cloudoperator.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one CloudTrail event from its JSON members, in any order. A field of a form that CloudTrail
 * does not write makes the event unreadable, not the file.
 */
final class EventParser {
  private static final String EXTERNAL_ID = "requestParameters.externalId";
  private static final String POLICY = "requestParameters.policy";
  private static final String ISSUED = "userIdentity.sessionContext.attributes.creationDate";

  // No field that is read is longer; STS takes a policy of 2,048 characters and an ARN of as many.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  private static final int LONGEST = 2048;

  /** The fields that are read. */
  private static final Set<String> FIELDS =
      Set.of(
          "eventID",
          "eventTime",
          "eventName",
          "eventSource",
          "awsRegion",
          "requestID",
          "errorCode",
          "recipientAccountId",
          "eventCategory",
          "eventType",
          "userIdentity.arn",
          "userIdentity.accountId",
          ISSUED,
          "requestParameters.roleArn",
          "requestParameters.roleSessionName",
          POLICY,
          "requestParameters.durationSeconds",
          EXTERNAL_ID,
          "requestParameters.omitted",
          "responseElements.assumedRoleUser.arn");

  private static final Set<String> OBJECTS =
      Set.of(
          "userIdentity",
          "userIdentity.sessionContext",
          "userIdentity.sessionContext.attributes",
          "requestParameters",
          "responseElements",
          "responseElements.assumedRoleUser");
  private static final Set<String> REQUIRED =
      Set.of("eventID", "eventTime", "eventName", "eventSource", "awsRegion");

  /** Members of documents that are no events. */
  private static final Map<String, Kind> FOREIGN =
      Map.of(
          "digestStartTime", Kind.DIGEST,
          "digestS3Bucket", Kind.DIGEST,
          "configurationItems", Kind.CONFIG,
          "configurationItem", Kind.CONFIG);

  // No group repeats: java.util.regex recurses for each repetition, and whoever writes an event
  // chooses the length of a path.
  private static final Pattern SESSION =
      Pattern.compile("arn:[a-z-]++:sts::(\\d{12}):assumed-role/([\\w+=,.@-]++)/([\\w+=,.@-]++)");
  private static final Pattern ROLE =
      Pattern.compile("(?s)arn:[a-z-]++:iam::(\\d{12}):role/(?:.*/)?+([\\w+=,.@-]++)");

  private static final Pattern BASIC =
      Pattern.compile("^(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z$");

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private boolean malformed;
  private boolean parameters;
  private @Nullable Kind foreign;

  /**
   * Consumes the value of a field.
   *
   * @param path the names that lead to it, with dots between them
   */
  void accept(String path, JsonParser value) throws IOException {
    boolean object = OBJECTS.contains(path);
    boolean field = FIELDS.contains(path);
    if (object || field) {
      malformed |= !seen.add(path);
    } else if (FOREIGN.containsKey(path)) {
      foreign = FOREIGN.get(path);
    }
    if (object && value.currentToken() == JsonToken.START_OBJECT) {
      parameters |= path.equals("requestParameters");
      while (value.nextToken() == JsonToken.FIELD_NAME) {
        String member = path + '.' + value.currentName();
        value.nextToken();
        accept(member, value);
      }
      return;
    }
    @Nullable String text = field ? value.getValueAsString() : null;
    if (path.equals(EXTERNAL_ID) && text != null) {
      values.put(path, "sent");
    } else if (path.equals(POLICY) && text != null) {
      // One that is longer than STS takes is kept in part, so that it does not pass for none.
      values.put(path, text.substring(0, Math.min(text.length(), 2 * LONGEST)));
    } else if (text != null && text.length() <= LONGEST) {
      values.put(path, text);
    }
    // A text in place of an object: AWS itself writes such where it leaves parameters out.
    value.skipChildren();
  }

  /** The kind of document that it is instead of an event; empty if it is none that is known. */
  Optional<Kind> other() {
    if (has("eventCategory", "Insight") || has("eventType", "AwsCloudTrailInsight")) {
      return Optional.of(Kind.INSIGHTS);
    }
    if (has("eventCategory", "Aggregated") || has("eventType", "AwsAggregatedEvent")) {
      return Optional.of(Kind.AGGREGATED);
    }
    return Optional.ofNullable(complete() ? null : foreign);
  }

  private boolean has(String path, String value) {
    return value(path).equals(value);
  }

  /** The event; empty if a required field is missing or a field stands twice. */
  Optional<Event> event() {
    if (malformed || !complete()) {
      return Optional.empty();
    }
    Instant time;
    try {
      time = TrailTime.parse(value("eventTime"));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
    Matcher session = SESSION.matcher(value("userIdentity.arn"));
    boolean ofRole = session.matches();
    return Optional.of(
        new Event(
            value("eventID"),
            time,
            value("eventName"),
            value("eventSource"),
            value("awsRegion"),
            value("requestID"),
            value("errorCode"),
            value("recipientAccountId"),
            ofRole ? session.group(2) : "",
            ofRole ? session.group(3) : "",
            ofRole ? session.group(1) : "",
            issued(),
            value("userIdentity.accountId"),
            assume()));
  }

  /** AWS's page has the basic notation, and its events have the extended one. */
  private Optional<Instant> issued() {
    try {
      return Optional.of(
          TrailTime.parse(BASIC.matcher(value(ISSUED)).replaceFirst("$1-$2-$3T$4:$5:$6Z")));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private Optional<Event.Assume> assume() {
    if (!value("eventName").equals("AssumeRole")
        || !value("eventSource").startsWith("sts.amazonaws.com")) {
      return Optional.empty();
    }
    Matcher role = ROLE.matcher(value("requestParameters.roleArn"));
    // The answer names the session where the request's parameters are not shown.
    Matcher begun = SESSION.matcher(value("responseElements.assumedRoleUser.arn"));
    boolean answered = begun.matches();
    boolean named = role.matches();
    return Optional.of(
        new Event.Assume(
            parameters && !value("requestParameters.omitted").equals("true"),
            named ? role.group(1) : answered ? begun.group(1) : "",
            named ? role.group(2) : answered ? begun.group(2) : "",
            value("requestParameters.roleArn"),
            values.getOrDefault(
                "requestParameters.roleSessionName", answered ? begun.group(3) : ""),
            Optional.ofNullable(values.get(POLICY)),
            Optional.of(value("requestParameters.durationSeconds"))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::valueOf),
            values.containsKey(EXTERNAL_ID)));
  }

  private boolean complete() {
    return values.keySet().containsAll(REQUIRED);
  }

  private String value(String path) {
    return values.getOrDefault(path, "");
  }
}
