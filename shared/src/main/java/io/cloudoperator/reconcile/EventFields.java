package io.cloudoperator.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Picks what is of use out of the fields of one event as they stream by, in whatever order. A field
 * of a form that CloudTrail does not write makes the event unreadable, never the file.
 */
final class EventFields {
  // The longest values that AWS's own forms leave room for; what is longer is not kept.
  private static final int LONGEST = 256;
  private static final int LONGEST_ARN = 2048;
  // STS takes 2,048 characters:
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  private static final int LONGEST_POLICY = 4096;

  private static final Set<String> TEXTS =
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
          "eventType");
  private static final Set<String> NEEDED =
      Set.of("eventID", "eventTime", "eventName", "eventSource", "awsRegion");

  // No group repeats: java.util.regex recurses for each time that it does, and who writes an event
  // chooses the length of a path.
  private static final Pattern SESSION =
      Pattern.compile("arn:[a-z-]++:sts::(\\d{12}):assumed-role/([\\w+=,.@-]++)/([\\w+=,.@-]++)");
  private static final Pattern ROLE =
      Pattern.compile("(?s)arn:[a-z-]++:iam::(\\d{12}):role/(?:.*/)?+([\\w+=,.@-]++)");

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private boolean malformed;
  private boolean parameters;

  /** Consumes the value of a field. {@code false} if nothing is known of a field of this name. */
  boolean accept(String name, JsonParser value) throws IOException {
    boolean known = true;
    if (TEXTS.contains(name)) {
      text(name, value, LONGEST);
    } else {
      switch (name) {
        case "userIdentity" -> each(name, value, this::identity);
        case "requestParameters" -> {
          parameters = value.currentToken() == JsonToken.START_OBJECT;
          each(name, value, this::parameter);
        }
        case "responseElements" -> each(name, value, this::answer);
        default -> {
          value.skipChildren();
          known = false;
        }
      }
    }
    if (known && !seen.add(name)) {
      malformed = true;
    }
    return known;
  }

  /** Whether it is one of CloudTrail Insights, which tell of a rate of calls and not of a call. */
  boolean insight() {
    return value("eventCategory").equals("Insight")
        || value("eventType").equals("AwsCloudTrailInsight");
  }

  /** Whether it is one of CloudTrail's aggregated events, which tell of sums and not of calls. */
  boolean aggregated() {
    return value("eventCategory").equals("Aggregated")
        || value("eventType").equals("AwsAggregatedEvent");
  }

  /** Whether any field of an event was there. */
  boolean any() {
    return !seen.isEmpty();
  }

  /** The event; empty if it lacks what every event has. */
  Optional<Event> event() {
    if (malformed || !values.keySet().containsAll(NEEDED)) {
      return Optional.empty();
    }
    Instant time;
    try {
      time = Instant.parse(value("eventTime"));
    } catch (DateTimeParseException _) {
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
            value("userIdentity.accountId"),
            assume()));
  }

  private Optional<Event.Assume> assume() {
    if (!value("eventName").equals("AssumeRole")
        || !value("eventSource").startsWith("sts.amazonaws.com")) {
      return Optional.empty();
    }
    Matcher role = ROLE.matcher(value("requestParameters.roleArn"));
    // What the request does not show, the answer does: the session that it began.
    Matcher begun = SESSION.matcher(value("responseElements.assumedRoleUser.arn"));
    boolean answered = begun.matches();
    boolean named = role.matches();
    return Optional.of(
        new Event.Assume(
            parameters && !values.containsKey("requestParameters.omitted"),
            named ? role.group(1) : answered ? begun.group(1) : "",
            named ? role.group(2) : answered ? begun.group(2) : "",
            value("requestParameters.roleArn"),
            values.getOrDefault(
                "requestParameters.roleSessionName", answered ? begun.group(3) : ""),
            Optional.ofNullable(values.get("requestParameters.policy")),
            duration(),
            values.containsKey("requestParameters.externalId")));
  }

  private Optional<Long> duration() {
    String text = value("requestParameters.durationSeconds");
    return text.matches("\\d{1,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private String value(String name) {
    return values.getOrDefault(name, "");
  }

  private void identity(String name, JsonParser value) throws IOException {
    switch (name) {
      case "arn" -> text("userIdentity.arn", value, LONGEST_ARN);
      case "accountId" -> text("userIdentity.accountId", value, LONGEST);
      default -> value.skipChildren();
    }
  }

  private void parameter(String name, JsonParser value) throws IOException {
    switch (name) {
      case "roleArn" -> text("requestParameters.roleArn", value, LONGEST_ARN);
      case "roleSessionName" -> text("requestParameters.roleSessionName", value, LONGEST);
      case "policy" -> text("requestParameters.policy", value, LONGEST_POLICY);
      case "durationSeconds" -> text("requestParameters.durationSeconds", value, LONGEST);
      case "externalId" -> {
        if (value.currentToken() != JsonToken.VALUE_NULL) {
          values.put("requestParameters.externalId", "sent");
        }
        value.skipChildren();
      }
      case "omitted" -> {
        if (value.currentToken() == JsonToken.VALUE_TRUE) {
          values.put("requestParameters.omitted", "true");
        }
        value.skipChildren();
      }
      default -> value.skipChildren();
    }
  }

  private void answer(String name, JsonParser value) throws IOException {
    if (name.equals("assumedRoleUser")) {
      each(name, value, this::assumedRole);
    } else {
      value.skipChildren();
    }
  }

  private void assumedRole(String name, JsonParser value) throws IOException {
    if (name.equals("arn")) {
      text("responseElements.assumedRoleUser.arn", value, LONGEST_ARN);
    } else {
      value.skipChildren();
    }
  }

  /** A scalar; anything of another form is as good as not there. */
  private void text(String name, JsonParser value, int longest) throws IOException {
    @Nullable String text = value.currentToken().isScalarValue() ? value.getValueAsString() : null;
    if (text != null) {
      if (text.length() <= longest) {
        values.put(name, text);
      } else if (longest == LONGEST_POLICY) {
        // Longer than STS takes, so none of ours: it must not pass for none.
        values.put(name, text.substring(0, longest));
      }
    }
    value.skipChildren();
  }

  private void each(String name, JsonParser object, Field field) throws IOException {
    if (object.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (object.currentToken() != JsonToken.START_OBJECT) {
      // A text here is as good as nothing: AWS itself writes such where it leaves parameters out.
      object.skipChildren();
      return;
    }
    Set<String> names = new HashSet<>();
    while (object.nextToken() == JsonToken.FIELD_NAME) {
      String member = object.currentName();
      object.nextToken();
      if (names.size() < LONGEST && !names.add(name + "." + member)) {
        malformed = true;
      }
      field.take(member, object);
    }
  }

  @FunctionalInterface
  private interface Field {
    void take(String name, JsonParser value) throws IOException;
  }
}
