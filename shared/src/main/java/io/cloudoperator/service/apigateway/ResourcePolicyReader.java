package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.UnreadableResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what kind of resource policy a REST API has, and keeps nothing of it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html">Examples
 *     of them</a>
 */
final class ResourcePolicyReader {
  private static final String ANYONE = "*";

  // execute-api:/*, arn:aws:execute-api:region:account-id:api-id/*, and all of that by its parts.
  private static final Pattern ALL_REQUESTS =
      Pattern.compile("\\*|(?:execute-api:|arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]*)[*/]*");
  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0/0", "::/0");

  private ResourcePolicyReader() {}

  /** Of the policy's text that the walk stands on. */
  static ResourcePolicy kind(JsonReader json) throws IOException {
    return of(json.document());
  }

  static ResourcePolicy of(String policy) {
    if (policy.isBlank()) {
      return ResourcePolicy.NONE;
    }
    try {
      return kind(statements(unescaped(policy)));
    } catch (IOException _) {
      return ResourcePolicy.UNKNOWN;
    }
  }

  /** API Gateway answers with the policy escaped once more than JSON asks for. */
  private static String unescaped(String policy) throws IOException {
    if (!policy.strip().startsWith("{\\")) {
      return policy;
    }
    JsonReader json = JsonReader.of("{\"policy\":\"" + policy.strip() + "\"}");
    String text = "";
    for (int level = json.enter(); json.next(level); ) {
      text = json.document();
    }
    return text;
  }

  /**
   * What of a statement decides whether it depends on the caller.
   *
   * @param anyone whether it is about everybody
   * @param conditional whether it has a condition that not every request meets
   * @param unless whether one of its conditions holds for all but some: it is then their privilege
   *     that a denial leaves
   */
  private record Statement(
      boolean allows, boolean anyone, boolean conditional, boolean unless, List<String> resources) {
    boolean covers(Statement allowed) {
      return resources.stream().anyMatch(each -> ALL_REQUESTS.matcher(each).matches())
          || resources.containsAll(allowed.resources);
    }

    /** Whether it denies what this allows to all, or to all but some. */
    boolean takesBack(Statement allowed) {
      return !allows && covers(allowed) && (anyone ? !conditional || unless : unless);
    }
  }

  private static ResourcePolicy kind(List<Statement> statements) {
    if (statements.isEmpty()) {
      return ResourcePolicy.UNKNOWN;
    }
    boolean open =
        statements.stream()
            .filter(statement -> statement.allows && statement.anyone && !statement.conditional)
            .anyMatch(allowed -> statements.stream().noneMatch(other -> other.takesBack(allowed)));
    return open ? ResourcePolicy.OPEN : ResourcePolicy.RESTRICTED;
  }

  private static List<Statement> statements(String policy) throws IOException {
    JsonReader json = JsonReader.of(policy);
    List<Statement> statements = new ArrayList<>();
    for (int level = json.enter(); json.next(level); ) {
      if (json.name().equals("Statement")) {
        if (json.isObject()) {
          statements.add(statement(json));
        } else {
          for (int each = json.enterList(); json.next(each); ) {
            statements.add(statement(json));
          }
        }
      }
    }
    return statements;
  }

  private static Statement statement(JsonReader json) throws IOException {
    String effect = "";
    boolean anyone = false;
    boolean allButSome = false;
    Conditions conditions = new Conditions(false, false);
    List<String> resources = List.of();
    for (int statement = json.enterObject(); json.next(statement); ) {
      switch (json.name()) {
        case "Effect" -> effect = json.text();
        case "Principal" -> anyone = principals(json).contains(ANYONE);
        case "NotPrincipal" -> allButSome = true;
        case "Condition" -> conditions = conditions(json);
        case "Resource" -> resources = texts(json);
        default -> {}
      }
    }
    if (!Set.of("Allow", "Deny").contains(effect)) {
      throw new UnreadableResponseException("a statement without effect");
    }
    boolean allows = effect.equals("Allow");
    return new Statement(
        allows,
        anyone || (allows && allButSome),
        conditions.some,
        conditions.unless || (!allows && allButSome),
        resources);
  }

  /** {@code "*"}, or {@code {"AWS": "*"}}, or a list of whom. */
  private static List<String> principals(JsonReader json) throws IOException {
    if (!json.isObject()) {
      return texts(json);
    }
    List<String> principals = new ArrayList<>();
    for (int kind = json.enter(); json.next(kind); ) {
      if (json.name().equals("AWS")) {
        principals.addAll(texts(json));
      }
    }
    return principals;
  }

  /**
   * @param some whether there is one that not every request meets
   * @param unless whether one is negated, or about what is absent
   */
  private record Conditions(boolean some, boolean unless) {}

  private static Conditions conditions(JsonReader json) throws IOException {
    boolean some = false;
    boolean unless = false;
    for (int operators = json.enterObject(); json.next(operators); ) {
      String operator = json.name();
      for (int keys = json.enterObject(); json.next(keys); ) {
        List<String> values = texts(json);
        boolean metByAll =
            operator.equals("IpAddress") && values.stream().anyMatch(ALL_ADDRESSES::contains);
        some |= !metByAll;
        unless |= operator.contains("Not") || operator.equals("Null");
      }
    }
    return new Conditions(some, unless);
  }

  /** One text, or a list of them. */
  private static List<String> texts(JsonReader json) throws IOException {
    return json.isText() ? List.of(json.text()) : json.texts();
  }
}
