package io.cloudoperator.sample.sts;

import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Params;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of AssumeRole, each within its limits.
 *
 * <p>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
record AssumeRoleInput(
    String roleArn,
    String sessionName,
    Optional<String> externalId,
    Duration duration,
    Optional<String> policy,
    Optional<String> sourceIdentity) {

  private static final Set<String> KNOWN =
      Set.of(
          "Action",
          "Version",
          "RoleArn",
          "RoleSessionName",
          "ExternalId",
          "DurationSeconds",
          "Policy",
          "SourceIdentity");
  // A path may have whatever is printed:
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws:iam::\\d{12}:role/(?:[\\x21-\\x7e]+/)?[\\w+=,.@-]+");
  private static final String NAME = "[\\w+=,.@-]*";
  private static final String EXTERNAL_ID = "[\\w+=,.@:\\/-]*";
  private static final int DEFAULT_SECONDS = 3600;
  private static final int SHORTEST_SECONDS = 900;
  private static final int LONGEST_SECONDS = 43_200;

  static AssumeRoleInput of(Params params) {
    params.onlyKnown(KNOWN, AssumeRoleInput::validation);
    List<String> errors = new ArrayList<>();
    text(params, "RoleArn", 20, 2048, ".*", true, errors);
    text(params, "RoleSessionName", 2, 64, NAME, true, errors);
    text(params, "ExternalId", 2, 1224, EXTERNAL_ID, false, errors);
    text(params, "Policy", 1, 2048, "(?s).*", false, errors);
    text(params, "SourceIdentity", 2, 64, NAME, false, errors);
    int seconds = seconds(params.get("DurationSeconds"), errors);
    if (!errors.isEmpty()) {
      throw validation(
          "%d validation error%s detected: %s"
              .formatted(errors.size(), errors.size() == 1 ? "" : "s", String.join("; ", errors)));
    }
    String roleArn = params.get("RoleArn").orElseThrow();
    if (!ROLE_ARN.matcher(roleArn).matches()) {
      throw validation(roleArn + " is invalid");
    }
    return new AssumeRoleInput(
        roleArn,
        params.get("RoleSessionName").orElseThrow(),
        params.get("ExternalId"),
        Duration.ofSeconds(seconds),
        params.get("Policy"),
        params.get("SourceIdentity"));
  }

  private static void text(
      Params params,
      String name,
      int shortest,
      int longest,
      String pattern,
      boolean required,
      List<String> errors) {
    String member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    Optional<String> given = params.get(name);
    if (given.isEmpty()) {
      if (required) {
        errors.add(failed("null", member, "Member must not be null"));
      }
      return;
    }
    String value = given.get();
    String quoted = "'" + value + "'";
    if (value.length() < shortest) {
      errors.add(
          failed(quoted, member, "Member must have length greater than or equal to " + shortest));
    }
    if (value.length() > longest) {
      errors.add(
          failed(quoted, member, "Member must have length less than or equal to " + longest));
    }
    if (!value.matches(pattern)) {
      errors.add(
          failed(quoted, member, "Member must satisfy regular expression pattern: " + pattern));
    }
  }

  private static int seconds(Optional<String> given, List<String> errors) {
    if (given.isEmpty()) {
      return DEFAULT_SECONDS;
    }
    int seconds;
    try {
      seconds = Integer.parseInt(given.get());
    } catch (NumberFormatException e) {
      throw new AwsError(400, "MalformedInput", "DurationSeconds is not a number");
    }
    String quoted = "'" + seconds + "'";
    if (seconds < SHORTEST_SECONDS) {
      errors.add(
          failed(
              quoted,
              "durationSeconds",
              "Member must have value greater than or equal to " + SHORTEST_SECONDS));
    }
    if (seconds > LONGEST_SECONDS) {
      errors.add(
          failed(
              quoted,
              "durationSeconds",
              "Member must have value less than or equal to " + LONGEST_SECONDS));
    }
    return seconds;
  }

  private static String failed(String value, String member, String constraint) {
    return "Value %s at '%s' failed to satisfy constraint: %s".formatted(value, member, constraint);
  }

  static AwsError validation(String message) {
    return new AwsError(400, "ValidationError", message);
  }
}
