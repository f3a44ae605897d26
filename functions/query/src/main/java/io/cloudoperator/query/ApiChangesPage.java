package io.cloudoperator.query;

import io.cloudoperator.inventory.ApiChanges;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What differs between the inventories of two scans, or some of it.
 *
 * @param baseline whether there is nothing to compare with: the scan is the first
 * @param since the scan that it is compared with; absent on a baseline
 * @param sinceFinishedAt when that scan ended
 * @param total of all differences, on this page or on others
 * @param notCompared what was not read in both scans: nothing is said of it
 * @param next given as {@code after}, brings the next page; absent on the last
 */
record ApiChangesPage(
    ScanId scanId,
    Instant finishedAt,
    boolean baseline,
    Optional<ScanId> since,
    Optional<Instant> sinceFinishedAt,
    int total,
    List<ChangeView> changes,
    List<Inventory.Source> notCompared,
    Optional<String> next) {
  /** The most differences of a page. */
  static final int LARGEST = 10_000;

  static final int USUAL = 1_000;

  /**
   * A page that begins with the difference of this number, and is no larger than {@code room}.
   *
   * @param before what is compared with; empty if there is nothing
   */
  static ApiChangesPage of(
      Optional<InventoryLookup.Found> before,
      InventoryLookup.Found now,
      int limit,
      int from,
      long room) {
    Optional<ApiChanges> compared =
        before.map(earlier -> ApiChanges.between(earlier.inventory(), now.inventory()));
    List<ApiChanges.Change> changes = compared.map(ApiChanges::changes).orElse(List.of());
    List<ChangeView> page = new ArrayList<>();
    long left = room;
    int next = from;
    while (next < changes.size() && page.size() < limit) {
      ChangeView change = ChangeView.of(changes.get(next));
      left -= AnswerSize.of(Json.write(change)) + 1;
      if (left < 0 && !page.isEmpty()) {
        break;
      }
      page.add(change);
      next++;
    }
    int end = next;
    return new ApiChangesPage(
        now.scan(),
        now.snapshot().finishedAt(),
        before.isEmpty(),
        before.map(InventoryLookup.Found::scan),
        before.map(earlier -> earlier.snapshot().finishedAt()),
        changes.size(),
        page,
        compared.map(ApiChanges::notCompared).orElse(List.of()),
        before
            .filter(_ -> end < changes.size())
            .map(earlier -> PageCursor.token(new Cursor(now.scan(), earlier.scan(), end))));
  }

  /** A difference as the HTTP API shows it. */
  record ChangeView(
      ApiChanges.Kind change,
      ApiId api,
      String region,
      ApiKind kind,
      String name,
      Optional<String> route,
      List<ApiChanges.Difference> differences) {
    private static ChangeView of(ApiChanges.Change change) {
      return new ChangeView(
          change.kind(),
          change.api(),
          change.api().region(),
          change.api().kind(),
          change.name(),
          change.route(),
          change.differences());
    }
  }

  /**
   * Where a page begins.
   *
   * @param now the scan whose inventory is compared: a newer one does not move the pages
   */
  record Cursor(ScanId now, ScanId since, int from) {
    Cursor {
      PageCursor.requireCount(from);
    }
  }
}
