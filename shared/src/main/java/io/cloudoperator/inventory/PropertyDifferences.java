package io.cloudoperator.inventory;

import io.cloudoperator.inventory.ApiChanges.Difference;
import java.util.ArrayList;
import java.util.List;

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

  List<Difference> found() {
    return List.copyOf(found);
  }
}
