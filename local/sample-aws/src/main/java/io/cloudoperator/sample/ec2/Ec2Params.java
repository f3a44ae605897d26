package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.wire.Params;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads parameters, and refuses those that an operation does not have. */
final class Ec2Params {

  private static final Set<String> ALWAYS = Set.of("Action", "Version", "DryRun");
  private static final Pattern FILTER = Pattern.compile("Filter\\.\\d+\\.(Name|Value\\.\\d+)");

  private Ec2Params() {}

  /**
   * @param list the name of a parameter that may be repeated, {@code name.1} and so on
   */
  static void onlyKnown(Params params, Set<String> single, String list) {
    for (String name : params.names()) {
      boolean known =
          ALWAYS.contains(name)
              || single.contains(name)
              || FILTER.matcher(name).matches()
              || name.matches(Pattern.quote(list) + "\\.\\d+");
      if (!known) {
        throw Ec2Errors.unknownParameter(name);
      }
    }
  }

  static boolean flag(Params params, String name) {
    return switch (params.get(name).orElse("false")) {
      case "true", "True" -> true;
      case "false", "False" -> false;
      default ->
          throw Ec2Errors.invalidValue(
              "Invalid value '%s' for %s".formatted(params.get(name).orElse(""), name));
    };
  }
}
