package io.cloudoperator.apis;

import io.cloudoperator.apis.ApiChanges.Difference;
import java.util.ArrayList;
import java.util.List;

/** Collects the properties that differ. */
final class Differences {
  private final List<Difference> found = new ArrayList<>();

  Differences compare(String property, String before, String now) {
    if (!before.equals(now)) {
      found.add(new Difference(property, before, now));
    }
    return this;
  }

  /** What is not known differs from nothing. */
  Differences compare(Exposure before, Exposure now) {
    return before == Exposure.UNKNOWN || now == Exposure.UNKNOWN
        ? this
        : compare("exposure", Words.of(before), Words.of(now));
  }

  List<Difference> found() {
    return List.copyOf(found);
  }
}
