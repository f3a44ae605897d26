package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.CatalogComparison;
import io.cloudoperator.inventory.CatalogComparison.Standing;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an owner has declared, held against the newest inventory.
 *
 * @param scanId that made the inventory; absent if there is none yet
 * @param entries in the order in which they were declared
 * @param shadows that were found and are not declared, as a whole or in some routes
 */
record CatalogView(
    Instant declaredAt,
    Optional<ScanId> scanId,
    List<EntryView> entries,
    List<ShadowView> shadows) {

  /** Nothing is known yet of what was declared. */
  static CatalogView unread(Catalog catalog) {
    return new CatalogView(
        catalog.declaredAt(),
        Optional.empty(),
        catalog.entries().stream()
            .map(entry -> new EntryView(entry, Standing.UNKNOWN, List.of(), List.of()))
            .toList(),
        List.of());
  }

  static CatalogView of(Catalog catalog, InventoryLookup.Found found) {
    CatalogComparison standings =
        CatalogComparison.of(catalog, found.inventory(), found.snapshot().coverage().notChosen());
    return new CatalogView(
        catalog.declaredAt(),
        Optional.of(found.scan()),
        standings.declared().stream().map(EntryView::of).toList(),
        standings.found().stream()
            .filter(api -> api.standing() == Standing.SHADOW || !api.shadowRoutes().isEmpty())
            .map(api -> new ShadowView(api.api(), api.standing(), api.shadowRoutes()))
            .toList());
  }

  /**
   * An entry of the catalogue.
   *
   * @param apis that it stands for
   * @param zombieRoutes that it declares and that none of them has
   */
  record EntryView(
      @JsonUnwrapped Catalog.Entry entry,
      Standing standing,
      List<ApiId> apis,
      List<String> zombieRoutes) {
    private static EntryView of(CatalogComparison.Declared declared) {
      return new EntryView(
          declared.entry(), declared.standing(), declared.apis(), declared.zombieRoutes());
    }
  }

  /**
   * An API that is not declared, or has routes that are not.
   *
   * @param routes that are not declared; none of an API that is not declared as a whole
   */
  record ShadowView(ApiId api, Standing standing, List<String> routes) {}
}
