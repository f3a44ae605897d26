package io.cloudoperator.apis;

import java.util.List;
import java.util.Optional;

/**
 * What differs between two inventories of an account.
 *
 * @param changes in the order of the APIs, and of their routes
 * @param notCompared sources that were not read in both: nothing is said of them
 */
public record ApiChanges(List<Change> changes, List<Inventory.Source> notCompared) {
  public ApiChanges {
    changes = List.copyOf(changes);
    notCompared = List.copyOf(notCompared);
  }

  /**
   * An API that is new, changed or gone, or a route of an API that was there before and still is.
   *
   * @param name of the API, as it is now if it still is
   * @param route its key, if it is a route that differs
   * @param differences what differs; empty unless it changed
   */
  public record Change(
      Kind kind, ApiId api, String name, Optional<String> route, List<Difference> differences) {
    public Change {
      differences = List.copyOf(differences);
    }
  }

  /** What became of it. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /**
   * A property that differs.
   *
   * @param property such as {@code authorization}
   */
  public record Difference(String property, String before, String after) {}
}
