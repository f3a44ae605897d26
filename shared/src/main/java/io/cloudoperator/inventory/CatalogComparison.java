package io.cloudoperator.inventory;

import io.cloudoperator.connection.RegionName;
import java.util.Collection;
import java.util.List;

/**
 * A catalogue compared with the APIs that were found.
 *
 * @param found every API that was found, in the order of the inventory: declared or shadow
 * @param declared every entry, in the order of the catalogue: declared, zombie or unknown
 */
public record CatalogComparison(List<Found> found, List<Declared> declared) {
  public CatalogComparison {
    found = List.copyOf(found);
    declared = List.copyOf(declared);
  }

  /** How an API or an entry stands. */
  public enum Standing {
    /** It is in the catalogue, and was found. */
    DECLARED,
    /** It was found, and is not in the catalogue. */
    SHADOW,
    /** It is in the catalogue, and is not there. */
    ZOMBIE,
    UNKNOWN
  }

  /**
   * An API that was found.
   *
   * @param shadowRoutes keys of routes that are not in the catalogue; none of an API that is shadow
   *     as a whole, and none of one whose routes are not declared one by one
   */
  public record Found(ApiId api, Standing standing, List<String> shadowRoutes) {
    public Found {
      shadowRoutes = List.copyOf(shadowRoutes);
    }
  }

  /**
   * An entry of the catalogue.
   *
   * @param apis that it stands for
   * @param zombieRoutes keys of routes that it declares and that none of them has; none of an entry
   *     without APIs
   */
  public record Declared(
      Catalog.Entry entry, Standing standing, List<ApiId> apis, List<String> zombieRoutes) {
    public Declared {
      apis = List.copyOf(apis);
      zombieRoutes = List.copyOf(zombieRoutes);
    }
  }

  /**
   * Compares them.
   *
   * @param notChosen regions that the scan of the inventory left out: what is declared of them is
   *     unknown
   */
  public static CatalogComparison of(
      Catalog catalog, Inventory inventory, Collection<RegionName> notChosen) {
    return new CatalogCheck(catalog, inventory, notChosen).standings();
  }
}
