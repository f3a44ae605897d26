package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.iam.Wildcard;
import io.cloudoperator.sample.wire.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The filters of a request: all of them must match, each by one of its values. */
final class Ec2Filters {

  private Ec2Filters() {}

  /**
   * Reads {@code Filter.1.Name}, {@code Filter.1.Value.1} and so on.
   *
   * @param known the value that each filter looks at; any other filter is refused
   */
  static <T> Predicate<T> read(Params params, Map<String, Function<T, String>> known) {
    List<Predicate<T>> filters = new ArrayList<>();
    for (int i = 1; params.has("Filter." + i + ".Name"); i++) {
      String name = params.get("Filter." + i + ".Name").orElseThrow();
      Function<T, String> value = known.get(name);
      if (value == null) {
        throw Ec2Errors.invalidValue("The filter '" + name + "' is invalid");
      }
      List<String> patterns = params.list("Filter." + i + ".Value");
      if (patterns.isEmpty()) {
        throw Ec2Errors.invalidValue("The filter '" + name + "' has no value");
      }
      filters.add(
          item -> patterns.stream().anyMatch(each -> Wildcard.matches(each, value.apply(item))));
    }
    return item -> filters.stream().allMatch(filter -> filter.test(item));
  }
}
