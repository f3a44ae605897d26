package io.cloudoperator.inventory;

import io.cloudoperator.inventory.ApiChanges.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Collects the properties that differ. */
final class PropertyDifferences {
  private final List<Difference> found = new ArrayList<>();

  PropertyDifferences compare(String property, String before, String now) {
    if (!before.equals(now)) {
      found.add(new Difference(property, before, now));
    }
    return this;
  }

  /** What is not known differs from nothing. */
  PropertyDifferences compare(Exposure before, Exposure now) {
    return before == Exposure.UNKNOWN || now == Exposure.UNKNOWN
        ? this
        : compare("exposure", PropertyValues.of(before), PropertyValues.of(now));
  }

  /**
   * Compares things of the same name, in the order of their names.
   *
   * @param what they are
   * @param whole what is said of one that is there before or now alone
   * @param parts the properties of one that is there both times; with an empty name, its own
   */
  <T> PropertyDifferences compare(
      String what,
      List<T> before,
      List<T> now,
      Function<T, String> name,
      Function<T, String> whole,
      Function<T, Map<String, String>> parts) {
    new KeyedDiff<String, T>(before, now, name)
        .each((key, old, present) -> {
          String property = what + " " + key;
          if (old.isEmpty() || present.isEmpty()) {
            compare(
                property, PropertyValues.of(old.map(whole)), PropertyValues.of(present.map(whole)));
            return;
          }
          Map<String, String> after = parts.apply(present.get());
          parts
              .apply(old.get())
              .forEach((part, value) ->
                  compare((property + " " + part).strip(), value, after.getOrDefault(part, "")));
        });
    return this;
  }

  List<Difference> found() {
    return List.copyOf(found);
  }
}
