package io.cloudoperator.inventory;

import java.util.List;
import java.util.Optional;

/**
 * The differences between two inventories of an account.
 *
 * @param changes in the order of the APIs, and of their routes
 * @param notCompared sources that were not read in both: nothing is said of them
 */
public record ApiChanges(List<Change> changes, List<Inventory.Source> notCompared) {
  /** The property that tells when anything was last deployed to an API. */
  public static final String DEPLOYED = "deployed";

  public ApiChanges {
    changes = List.copyOf(changes);
    notCompared = List.copyOf(notCompared);
  }

  /**
   * What differs, over what was read in both: what could not be read removes nothing, and what is
   * read for the first time adds nothing. Flags are not compared: they follow from the rest.
   */
  public static ApiChanges between(Inventory before, Inventory now) {
    return new InventoryComparison(before, now).changes();
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

    /** Whether nothing is known to differ but the time of the last deployment. */
    public boolean redeployedOnly() {
      return kind == Kind.CHANGED
          && differences.stream().allMatch(difference -> difference.property().equals(DEPLOYED));
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
   * @param property such as {@code authorization}, {@code stage prod accessLogs} or {@code entrance
   *     api.example.com/v1 tls}
   * @param before as people read it; {@code absent} if there was nothing
   */
  public record Difference(String property, String before, String after) {}
}
