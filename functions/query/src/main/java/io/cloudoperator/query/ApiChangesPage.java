package io.cloudoperator.query;

import io.cloudoperator.inventory.ApiChanges;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.json.Json;
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

  /** How many there are on a page unless asked for others. */
  static final int USUAL = 1_000;

  /** What a scan found has nothing to be compared with. */
  static ApiChangesPage baseline(InventoryLookup.Found first) {
    return new ApiChangesPage(
        first.scan(),
        first.snapshot().finishedAt(),
        true,
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** A page that begins with the difference of this number, and is no larger than {@code room}. */
  static ApiChangesPage of(
      InventoryLookup.Found before,
      InventoryLookup.Found now,
      ApiChanges changes,
      int limit,
      int from,
      long room) {
    List<ChangeView> page = new ArrayList<>();
    long left = room;
    int next = from;
    while (next < changes.changes().size() && page.size() < limit) {
      ChangeView change = ChangeView.of(changes.changes().get(next));
      left -= AnswerSize.of(Json.write(change)) + 1;
      if (left < 0 && !page.isEmpty()) {
        break;
      }
      page.add(change);
      next++;
    }
    return new ApiChangesPage(
        now.scan(),
        now.snapshot().finishedAt(),
        false,
        Optional.of(before.scan()),
        Optional.of(before.snapshot().finishedAt()),
        changes.changes().size(),
        page,
        changes.notCompared(),
        next < changes.changes().size()
            ? Optional.of(PageCursor.token(new Cursor(now.scan(), before.scan(), next)))
            : Optional.empty());
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
