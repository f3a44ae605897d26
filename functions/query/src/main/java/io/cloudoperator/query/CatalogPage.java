package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.CatalogComparison;
import io.cloudoperator.inventory.CatalogComparison.Standing;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an owner has declared, held against the newest inventory, or some of it.
 *
 * @param scanId that made the inventory; absent if there is none yet
 * @param entries in the order in which they were declared
 * @param shadows that were found and are not declared, as a whole or in some routes; after all
 *     entries
 * @param next given as {@code after}, brings the next page; absent on the last
 */
record CatalogPage(
    Instant declaredAt,
    Optional<ScanId> scanId,
    List<EntryView> entries,
    List<ShadowView> shadows,
    Optional<String> next) {
  /** The most entries and shadows of a page. */
  static final int LARGEST = 10_000;

  /**
   * A page that begins with the entry or shadow of this number, and is no larger than {@code room}.
   *
   * @param found the inventory; empty if nothing is known yet of what was declared
   */
  static CatalogPage of(
      Catalog catalog, Optional<InventoryLookup.Found> found, int limit, int from, long room) {
    Optional<CatalogComparison> standings =
        found.map(each ->
            CatalogComparison.of(
                catalog, each.inventory(), each.snapshot().coverage().notChosen()));
    List<EntryView> declared =
        standings
            .map(each -> each.declared().stream().map(EntryView::of).toList())
            .orElseGet(() -> catalog.entries().stream().map(EntryView::unread).toList());
    List<ShadowView> undeclared =
        standings
            .map(each ->
                each.found().stream()
                    .filter(
                        api -> api.standing() == Standing.SHADOW || !api.shadowRoutes().isEmpty())
                    .map(api -> new ShadowView(api.api(), api.standing(), api.shadowRoutes()))
                    .toList())
            .orElse(List.of());
    List<Object> all = new ArrayList<>(declared);
    all.addAll(undeclared);
    long left = room;
    int next = Math.min(from, all.size());
    while (next < all.size() && next - from < limit) {
      left -= AnswerSize.of(Json.write(all.get(next))) + 1;
      if (left < 0 && next > from) {
        break;
      }
      next++;
    }
    return new CatalogPage(
        catalog.declaredAt(),
        found.map(InventoryLookup.Found::scan),
        part(declared, from, next),
        part(undeclared, from - declared.size(), next - declared.size()),
        next < all.size()
            ? Optional.of(
                PageCursor.token(
                    new Cursor(catalog.declaredAt(), found.map(InventoryLookup.Found::scan), next)))
            : Optional.empty());
  }

  private static <T> List<T> part(List<T> all, int from, int to) {
    int end = Math.clamp(to, 0, all.size());
    return all.subList(Math.clamp(from, 0, end), end);
  }

  /**
   * Where a page begins.
   *
   * @param declaredAt of the catalogue that is shown
   * @param scan whose inventory it is held against: a newer one does not move the pages
   */
  record Cursor(Instant declaredAt, Optional<ScanId> scan, int from) {
    Cursor {
      PageCursor.requireCount(from);
    }
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
    private static EntryView unread(Catalog.Entry entry) {
      return new EntryView(entry, Standing.UNKNOWN, List.of(), List.of());
    }

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
