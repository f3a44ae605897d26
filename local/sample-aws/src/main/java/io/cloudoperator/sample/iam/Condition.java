package io.cloudoperator.sample.iam;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** One operator on one condition key; it holds when any of its values matches. */
record Condition(Operator operator, boolean ifExists, String key, List<String> values) {

  /** The keys that requests to the sample carry; any other is refused, for it would never match. */
  private static final Set<String> KNOWN_KEYS =
      Set.of(
          "aws:requestedregion",
          "aws:principalarn",
          "aws:principalaccount",
          "aws:userid",
          "aws:securetransport",
          "aws:multifactorauthpresent",
          "sts:externalid",
          "sts:rolesessionname",
          "sts:sourceidentity");

  /** One key for each member of a KMS encryption context. */
  private static final String ENCRYPTION_CONTEXT = "kms:encryptioncontext:";

  enum Operator {
    STRINGEQUALS(false, String::equals),
    STRINGNOTEQUALS(true, String::equals),
    STRINGEQUALSIGNORECASE(false, String::equalsIgnoreCase),
    STRINGNOTEQUALSIGNORECASE(true, String::equalsIgnoreCase),
    STRINGLIKE(false, Wildcard::matches),
    STRINGNOTLIKE(true, Wildcard::matches),
    ARNEQUALS(false, Wildcard::matchesArn),
    ARNNOTEQUALS(true, Wildcard::matchesArn),
    ARNLIKE(false, Wildcard::matchesArn),
    ARNNOTLIKE(true, Wildcard::matchesArn),
    BOOL(false, String::equalsIgnoreCase),
    NULL(false, (_, _) -> false);

    private final boolean negated;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final BiPredicate<String, String> matches;

    Operator(boolean negated, BiPredicate<String, String> matches) {
      this.negated = negated;
      this.matches = matches;
    }
  }

  static Condition of(String operatorName, String key, List<String> values) {
    String name = operatorName.toLowerCase(Locale.ROOT);
    boolean ifExists = name.endsWith("ifexists");
    String bare = ifExists ? name.substring(0, name.length() - "ifexists".length()) : name;
    Operator operator =
        List.of(Operator.values()).stream()
            .filter(known -> known.name().equals(bare.toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () -> new PolicyException("Condition operator not supported: " + operatorName));
    String lowerKey = key.toLowerCase(Locale.ROOT);
    if (!KNOWN_KEYS.contains(lowerKey) && !lowerKey.startsWith(ENCRYPTION_CONTEXT)) {
      throw new PolicyException("Condition key not supported: " + key);
    }
    if (values.isEmpty()) {
      throw new PolicyException("Condition without a value: " + operatorName + " " + key);
    }
    return new Condition(operator, ifExists, lowerKey, List.copyOf(values));
  }

  boolean holds(AccessRequest request) {
    Optional<String> actual = request.key(key);
    if (operator == Operator.NULL) {
      return values.stream().anyMatch(value -> Boolean.parseBoolean(value) == actual.isEmpty());
    }
    if (actual.isEmpty()) {
      // A key that is absent matches a negated operator.
      return ifExists || operator.negated;
    }
    boolean matched = values.stream().anyMatch(value -> operator.matches.test(value, actual.get()));
    return matched != operator.negated;
  }
}
