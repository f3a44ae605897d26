package io.cloudoperator.local.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.local.RawTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the IAM role of a function allows and denies, as a stack's IAM would understand it. */
final class Grants {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");

  // Before the name of a table: region and account, which calls do not tell.
  private static final Pattern TABLE = Pattern.compile("arn:aws:dynamodb:[a-z0-9-]+:\\d{12}:");

  private static final String ROLE_TAG = "iam:ResourceTag/";

  private final RawTemplate template;
  private final List<RawTemplate.Statement> allowed;
  private final List<RawTemplate.Statement> denied;
  private final ReferenceResolver resolver;

  Grants(RawTemplate template, String function, ReferenceResolver resolver) {
    this.template = template;
    String role = template.roleOf(function);
    this.allowed = template.allowed(role);
    this.denied = template.denied(role);
    this.resolver = resolver;
  }

  boolean allow(AwsCall call) {
    return allowed.stream().anyMatch(statement -> covers(statement, call))
        && denied.stream().noneMatch(statement -> covers(statement, call));
  }

  /** Each action with each resource that it is allowed on, where no call needs it. */
  Set<String> unneededBy(Set<AwsCall> calls, Set<String> services) {
    Set<String> unneeded = new TreeSet<>();
    for (RawTemplate.Statement statement : allowed) {
      for (String action : statement.actions()) {
        for (JsonNode resource : statement.resources()) {
          String arn = arn(resource);
          if (services.contains(action.split(":", 2)[0])
              && calls.stream()
                  .noneMatch(call ->
                      RawTemplate.matches(action, call.action())
                          && RawTemplate.matches(arn, call.resource()))) {
            unneeded.add(action + " on " + arn);
          }
        }
      }
    }
    return unneeded;
  }

  private boolean covers(RawTemplate.Statement statement, AwsCall call) {
    return statement.actions().stream().anyMatch(a -> RawTemplate.matches(a, call.action()))
        && statement.resources().stream()
            .anyMatch(resource -> RawTemplate.matches(arn(resource), call.resource()))
        && holds(statement.condition(), call);
  }

  private boolean holds(JsonNode condition, AwsCall call) {
    for (Map.Entry<String, JsonNode> operator : condition.properties()) {
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        if (!holds(operator.getKey(), key.getKey(), key.getValue().asText(), call)) {
          return false;
        }
      }
    }
    return true;
  }

  /** These two are the only conditions that roles here have. */
  private boolean holds(String operator, String key, String value, AwsCall call) {
    if (operator.equals("Null")) {
      return call.conditionKeys().contains(key) != Boolean.parseBoolean(value);
    }
    if (operator.equals("StringNotEquals") && key.startsWith(ROLE_TAG)) {
      // It holds, too, where the key has no value:
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
      return !tag(call.resource(), key.substring(ROLE_TAG.length())).equals(Optional.of(value));
    }
    throw new IllegalArgumentException("a condition that is not known: " + operator);
  }

  /** A tag that template.yaml gives to the role of this ARN. */
  private Optional<String> tag(String roleArn, String name) {
    return template.resources("AWS::IAM::Role").keySet().stream()
        .filter(role -> resolver.resolve(role + ".Arn").equals(Optional.of(roleArn)))
        .flatMap(role -> template.properties(role).path("Tags").valueStream())
        .filter(tag -> tag.path("Key").asText().equals(name))
        .map(tag -> tag.path("Value").asText())
        .findFirst();
  }

  private String arn(JsonNode resource) {
    if (resource.has("Fn::GetAtt")) {
      JsonNode attribute = resource.path("Fn::GetAtt");
      return named(attribute.path(0).asText() + "." + attribute.path(1).asText());
    }
    if (resource.has("Ref")) {
      return named(resource.path("Ref").asText());
    }
    return REFERENCE
        .matcher(resource.path("Fn::Sub").asText(resource.asText()))
        .replaceAll(found -> Matcher.quoteReplacement(named(found.group(1))));
  }

  private String named(String reference) {
    String value =
        resolver
            .resolve(reference)
            .orElseThrow(() -> new IllegalArgumentException("what is " + reference + "?"));
    return TABLE.matcher(value).replaceFirst("");
  }
}
