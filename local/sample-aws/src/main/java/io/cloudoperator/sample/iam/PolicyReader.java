package io.cloudoperator.sample.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads policy documents, and refuses what it does not understand. */
final class PolicyReader {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
  private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Pattern ACTION = Pattern.compile("\\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+");

  private PolicyReader() {}

  static Policy read(String json, PolicyKind kind) {
    JsonNode document;
    try {
      document = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new PolicyException("This policy contains invalid Json");
    }
    if (!document.isObject()) {
      throw new PolicyException("This policy contains invalid Json");
    }
    onlyKnown(document, DOCUMENT);
    String version = document.path("Version").asText("2008-10-17");
    if (!VERSIONS.contains(version)) {
      throw new PolicyException("The policy must have version 2012-10-17 or 2008-10-17");
    }
    JsonNode statements = document.path("Statement");
    List<Statement> read = new ArrayList<>();
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      read.add(statement(statement, kind));
    }
    if (read.isEmpty()) {
      throw new PolicyException("The policy has no statement");
    }
    return new Policy(json, read);
  }

  private static Statement statement(JsonNode node, PolicyKind kind) {
    if (!node.isObject()) {
      throw new PolicyException("Syntax errors in policy.");
    }
    onlyKnown(node, STATEMENT);
    boolean allow =
        switch (node.path("Effect").asText()) {
          case "Allow" -> true;
          case "Deny" -> false;
          default -> throw new PolicyException("Effect must be Allow or Deny");
        };
    boolean trust = kind == PolicyKind.TRUST;
    if (trust != node.has("Principal")) {
      throw new PolicyException(
          trust
              ? "A trust policy must have a principal"
              : "Policy document should not specify a principal.");
    }
    return new Statement(
        allow,
        actions(node),
        resources(node, trust),
        trust ? Optional.of(principal(node.path("Principal"))) : Optional.empty(),
        conditions(node.path("Condition")));
  }

  private static Statement.Patterns actions(JsonNode node) {
    boolean inverted = node.has("NotAction");
    if (inverted == node.has("Action")) {
      throw new PolicyException("Policy statement must contain actions.");
    }
    List<String> patterns = strings(node.path(inverted ? "NotAction" : "Action"));
    for (String pattern : patterns) {
      if (!ACTION.matcher(pattern).matches()) {
        throw new PolicyException(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
      }
    }
    return new Statement.Patterns(patterns, inverted, true);
  }

  private static Optional<Statement.Patterns> resources(JsonNode node, boolean trust) {
    boolean inverted = node.has("NotResource");
    boolean present = inverted || node.has("Resource");
    if (trust) {
      if (present) {
        throw new PolicyException("Has prohibited field Resource");
      }
      return Optional.empty();
    }
    if (inverted == node.has("Resource")) {
      throw new PolicyException("Policy statement must contain resources.");
    }
    List<String> patterns = strings(node.path(inverted ? "NotResource" : "Resource"));
    for (String pattern : patterns) {
      if (!pattern.equals("*") && !pattern.startsWith("arn:")) {
        throw new PolicyException("Resource " + pattern + " must be in ARN format or \"*\".");
      }
    }
    return Optional.of(new Statement.Patterns(patterns, inverted, false));
  }

  private static PrincipalPattern principal(JsonNode node) {
    if (node.isTextual() && node.asText().equals("*")) {
      return new PrincipalPattern(List.of("*"));
    }
    if (!node.isObject() || node.isEmpty()) {
      throw new PolicyException("Invalid principal in policy");
    }
    onlyKnown(node, Set.of("AWS", "Service", "Federated"));
    return new PrincipalPattern(node.has("AWS") ? strings(node.path("AWS")) : List.of());
  }

  private static List<Condition> conditions(JsonNode node) {
    if (node.isMissingNode()) {
      return List.of();
    }
    List<Condition> conditions = new ArrayList<>();
    node.properties()
        .forEach(operator ->
            operator
                .getValue()
                .properties()
                .forEach(key ->
                    conditions.add(
                        Condition.of(operator.getKey(), key.getKey(), strings(key.getValue())))));
    if (conditions.isEmpty()) {
      throw new PolicyException("Syntax errors in policy.");
    }
    return List.copyOf(conditions);
  }

  private static List<String> strings(JsonNode node) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : node.isArray() ? node : List.of(node)) {
      if (!value.isValueNode() || value.isNull()) {
        throw new PolicyException("Syntax errors in policy.");
      }
      if (value.asText().contains("${")) {
        throw new PolicyException("Policy variables are not supported: " + value.asText());
      }
      values.add(value.asText());
    }
    if (values.isEmpty()) {
      throw new PolicyException("Syntax errors in policy.");
    }
    return List.copyOf(values);
  }

  private static void onlyKnown(JsonNode node, Set<String> known) {
    node.properties()
        .forEach(field -> {
          if (!known.contains(field.getKey())) {
            throw new PolicyException("Element not supported: " + field.getKey());
          }
        });
  }
}
