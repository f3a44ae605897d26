package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.iam.Wildcard;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads parameters, and refuses those that an operation does not have.
 *
 * <p>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
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
        throw new AwsError(400, "UnknownParameter", "The parameter " + name + " is not recognized");
      }
    }
  }

  static boolean flag(Params params, String name) {
    return switch (params.get(name).orElse("false")) {
      case "true", "True" -> true;
      case "false", "False" -> false;
      case String other -> throw invalid("Invalid value '%s' for %s".formatted(other, name));
    };
  }

  /**
   * Reads the filters, {@code Filter.1.Name}, {@code Filter.1.Value.1} and so on: all of them must
   * match, each by one of its values.
   *
   * @param known the value that each filter looks at; any other filter is refused
   */
  static <T> Predicate<T> filter(Params params, Map<String, Function<T, String>> known) {
    List<Predicate<T>> filters = new ArrayList<>();
    for (int i = 1; params.has("Filter." + i + ".Name"); i++) {
      String name = params.get("Filter." + i + ".Name").orElseThrow();
      Function<T, String> value = known.get(name);
      if (value == null) {
        throw invalid("The filter '" + name + "' is invalid");
      }
      List<String> patterns = params.list("Filter." + i + ".Value");
      if (patterns.isEmpty()) {
        throw invalid("The filter '" + name + "' has no value");
      }
      filters.add(
          item -> patterns.stream().anyMatch(each -> Wildcard.matches(each, value.apply(item))));
    }
    return item -> filters.stream().allMatch(filter -> filter.test(item));
  }

  static AwsError invalid(String message) {
    return new AwsError(400, "InvalidParameterValue", message);
  }
}
