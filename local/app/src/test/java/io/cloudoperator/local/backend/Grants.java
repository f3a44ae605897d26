package io.cloudoperator.local.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.local.RawTemplate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the IAM role of a function allows and denies, as a stack's IAM would understand it. */
final class Grants {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");

  // Before the name of a table: region and account, which calls do not tell.
  private static final Pattern TABLE = Pattern.compile("arn:aws:dynamodb:[a-z0-9-]+:\\d{12}:");

  private static final String RESOURCE_ACCOUNT = "aws:ResourceAccount";

  private final List<RawTemplate.Statement> allowed;
  private final List<RawTemplate.Statement> denied;
  private final ReferenceResolver resolver;

  Grants(RawTemplate template, String function, ReferenceResolver resolver) {
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
        && (names(statement.resources(), call)
            || (!statement.allResourcesBut().isEmpty()
                && !names(statement.allResourcesBut(), call)))
        && holds(statement.condition(), call);
  }

  private boolean names(List<JsonNode> resources, AwsCall call) {
    return resources.stream()
        .anyMatch(resource -> RawTemplate.matches(arn(resource), call.resource()));
  }

  private boolean holds(JsonNode condition, AwsCall call) {
    for (Map.Entry<String, JsonNode> operator : condition.properties()) {
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        if (!holds(operator.getKey(), key.getKey(), key.getValue(), call)) {
          return false;
        }
      }
    }
    return true;
  }

  /** These two are the only conditions that roles here have. */
  private boolean holds(String operator, String key, JsonNode value, AwsCall call) {
    if (operator.equals("Null")) {
      return call.conditionKeys().contains(key) != Boolean.parseBoolean(value.asText());
    }
    if (operator.equals("StringEquals") && key.equals(RESOURCE_ACCOUNT)) {
      return call.resource().split(":", -1)[4].equals(arn(value));
    }
    throw new IllegalArgumentException("a condition that is not known: " + operator + ' ' + key);
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
