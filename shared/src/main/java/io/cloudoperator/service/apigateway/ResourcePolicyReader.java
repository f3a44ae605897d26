package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.policy.PolicyDocument;
import io.cloudoperator.policy.PolicyDocument.Statement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
      return PolicyDocument.read(unescaped(policy))
          .map(document -> kind(document.statements()))
          .orElse(ResourcePolicy.UNKNOWN);
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

  private static ResourcePolicy kind(List<Statement> statements) {
    if (statements.isEmpty()
        || statements.stream().anyMatch(each -> !each.allows() && !each.denies())) {
      return ResourcePolicy.UNKNOWN;
    }
    boolean open =
        statements.stream()
            .filter(each -> each.allows() && isAboutAnyone(each) && !isConditional(each))
            .anyMatch(allowed -> statements.stream().noneMatch(other -> takesBack(other, allowed)));
    return open ? ResourcePolicy.OPEN : ResourcePolicy.RESTRICTED;
  }

  private static boolean isAboutAnyone(Statement statement) {
    return statement.principals().contains(ANYONE)
        || (statement.allows() && statement.notPrincipal());
  }

  /** Whether it denies what the other allows to all, or to all but some. */
  private static boolean takesBack(Statement statement, Statement allowed) {
    boolean unless = isUnless(statement);
    return statement.denies()
        && covers(statement, allowed)
        && (isAboutAnyone(statement) ? !isConditional(statement) || unless : unless);
  }

  private static boolean covers(Statement statement, Statement allowed) {
    return statement.resources().stream().anyMatch(each -> ALL_REQUESTS.matcher(each).matches())
        || statement.resources().containsAll(allowed.resources());
  }

  /** Whether it has a condition that not every request meets. */
  private static boolean isConditional(Statement statement) {
    return conditions(statement)
        .anyMatch(condition ->
            !condition.getKey().equals("IpAddress")
                || condition.getValue().stream().noneMatch(ALL_ADDRESSES::contains));
  }

  /**
   * Whether it holds for all but some, by a condition that is negated or about what is absent: a
   * denial is then the privilege of those.
   */
  private static boolean isUnless(Statement statement) {
    return (statement.denies() && statement.notPrincipal())
        || conditions(statement)
            .anyMatch(condition ->
                condition.getKey().contains("Not") || condition.getKey().equals("Null"));
  }

  /** Operators with the values of each key. */
  private static Stream<Map.Entry<String, List<String>>> conditions(Statement statement) {
    return statement.conditions().values().stream().flatMap(each -> each.entrySet().stream());
  }
}
