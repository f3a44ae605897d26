package io.cloudoperator.service.iam;

import io.cloudoperator.policy.PolicyDocument;
import io.cloudoperator.policy.PolicyDocument.Statement;
import io.cloudoperator.scan.PermissionDrift.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Holds a role's trust policy against what was asked of it. */
public final class TrustRules {
  private static final String EXTERNAL_ID = "sts:externalid";
  private static final String PRINCIPAL_ARN = "aws:principalarn";

  // An External ID has no wildcards: it is like itself alone.
  private static final Set<String> EQUALS = Set.of("StringEquals", "StringLike");
  private static final Set<String> LIKE =
      Set.of("StringEquals", "StringLike", "ArnEquals", "ArnLike");

  private final RequestedRole asked;
  private final Pattern brokerRoles;

  public TrustRules(RequestedRole asked) {
    this.asked = asked;
    this.brokerRoles = narrower(asked.brokerRoles());
  }

  /** What differs, a kind for each statement that has it. What denies takes nothing away. */
  public List<Kind> deviations(String document) {
    return PolicyDocument.read(document)
        .map(this::deviations)
        .orElse(List.of(Kind.TRUST_NOT_UNDERSTOOD));
  }

  private List<Kind> deviations(PolicyDocument policy) {
    List<Kind> kinds = new ArrayList<>();
    if (!policy.understood()) {
      kinds.add(Kind.TRUST_NOT_UNDERSTOOD);
    }
    policy.statements().stream()
        .filter(statement -> !statement.denies())
        .forEach(statement -> kinds.addAll(deviations(statement)));
    return kinds;
  }

  private List<Kind> deviations(Statement statement) {
    boolean assumes =
        statement.actions().stream()
            .allMatch(action -> action.toLowerCase(Locale.ROOT).equals("sts:assumerole"));
    boolean anybody = !statement.principals().isEmpty() || statement.otherPrincipals();
    if (!statement.understood() || !assumes || !anybody) {
      return List.of(Kind.TRUST_NOT_UNDERSTOOD);
    }
    List<Kind> kinds = new ArrayList<>();
    List<String> ours = statement.principals().stream().filter(this::isOurs).toList();
    if (statement.otherPrincipals() || ours.size() < statement.principals().size()) {
      kinds.add(Kind.TRUSTS_OTHERS);
    }
    if (!ours.isEmpty()) {
      Map<String, List<String>> ids = statement.conditions().getOrDefault(EXTERNAL_ID, Map.of());
      if (!required(ids, EQUALS, asked.externalId().value()::equals)) {
        kinds.add(
            EQUALS.containsAll(ids.keySet())
                ? Kind.TRUSTS_WITHOUT_EXTERNAL_ID
                : Kind.TRUST_NOT_UNDERSTOOD);
      }
      Map<String, List<String>> arns = statement.conditions().getOrDefault(PRINCIPAL_ARN, Map.of());
      if (ours.stream().anyMatch(this::isWholeAccount)
          && !required(arns, LIKE, value -> brokerRoles.matcher(value).matches())) {
        kinds.add(
            LIKE.containsAll(arns.keySet())
                ? Kind.TRUSTS_WHOLE_BROKER_ACCOUNT
                : Kind.TRUST_NOT_UNDERSTOOD);
      }
    }
    return kinds.stream().distinct().toList();
  }

  /** Whether one of the operators lets nothing else pass. */
  private static boolean required(
      Map<String, List<String>> byOperator, Set<String> operators, Predicate<String> allowed) {
    return byOperator.entrySet().stream()
        .anyMatch(entry ->
            operators.contains(entry.getKey())
                && !entry.getValue().isEmpty()
                && entry.getValue().stream().allMatch(allowed));
  }

  private boolean isOurs(String principal) {
    return isWholeAccount(principal) || brokerRoles.matcher(principal).matches();
  }

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
  private boolean isWholeAccount(String principal) {
    String account = asked.broker().value();
    return principal.equals(account)
        || principal.equals(asked.role().partition().iamArn(account, "root"));
  }

  /**
   * Matches the pattern itself, and patterns that allow no more than it does: a wildcard of theirs
   * stands where it has an asterisk, never where it has a letter or a question mark.
   */
  private static Pattern narrower(String pattern) {
    return Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
  }
}
