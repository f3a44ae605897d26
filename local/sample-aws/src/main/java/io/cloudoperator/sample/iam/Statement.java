package io.cloudoperator.sample.iam;

import java.util.List;
import java.util.Optional;

/** One statement of a policy. */
record Statement(
    boolean allow,
    Patterns actions,
    Optional<Patterns> resources,
    Optional<PrincipalPattern> principal,
    List<Condition> conditions) {

  /** Patterns of which one must match, or, in NotAction and NotResource, none may. */
  record Patterns(List<String> patterns, boolean inverted, boolean ignoreCase) {

    boolean matches(String text) {
      boolean any =
          patterns.stream()
              .anyMatch(pattern ->
                  ignoreCase
                      ? Wildcard.matchesIgnoringCase(pattern, text)
                      : Wildcard.matches(pattern, text));
      return any != inverted;
    }
  }

  boolean appliesTo(AccessRequest request) {
    return actions.matches(request.action())
        && (resources.isEmpty() || resources.get().matches(request.resource()))
        && conditions.stream().allMatch(condition -> condition.holds(request));
  }
}
