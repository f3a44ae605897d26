package io.cloudoperator.query;

import java.util.Optional;

/** How many stored items a page leaves out because they cannot be read. */
final class Unreadable {
  private Unreadable() {}

  /** As answers say it: absent where there is none. */
  static Optional<Integer> of(int unreadable) {
    return unreadable == 0 ? Optional.empty() : Optional.of(unreadable);
  }
}
