package io.cloudoperator.inventory;

import io.cloudoperator.call.Reading;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.ScanId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sums up an inventory for its snapshot. */
public final class ApiSummaries {
  /** The code of items that no scan has come to yet: there are more than one scan can read. */
  public static final String NOT_READ_YET = "NotReadYet";

  private ApiSummaries() {}

  /**
   * How much was found, and how much differs.
   *
   * @param since the scan of {@code before}
   * @param before the inventory of an earlier scan; absent on the first, which is the baseline
   */
  public static ApiSummary of(
      Inventory inventory, Optional<ScanId> since, Optional<Inventory> before) {
    SortedMap<String, Long> apis = new TreeMap<>();
    SortedMap<String, Long> routes = new TreeMap<>();
    long open = 0;
    for (Api api : inventory.apis()) {
      apis.merge(api.id().kind().name(), 1L, Long::sum);
      for (Route route : api.routes()) {
        routes.merge(PropertyValues.of(route.authorization()), 1L, Long::sum);
        if (route.openToAnyone()) {
          open++;
        }
      }
    }
    return new ApiSummary(
        apis,
        routes,
        open,
        inventory.read().size(),
        unread(inventory),
        since.flatMap(
            scan -> before.map(old -> changes(scan, ApiChanges.between(old, inventory)))));
  }

  private static List<ApiSummary.UnreadSource> unread(Inventory inventory) {
    return Stream.concat(
            inventory.unread().stream()
                .map(unread ->
                    new ApiSummary.UnreadSource(
                        unread.source().region(),
                        unread.source().service().name(),
                        unread.reason(),
                        unread.code(),
                        unread.items())),
            inventory.progress().stream()
                .filter(Inventory.Progress::partly)
                .map(ApiSummaries::left))
        .toList();
  }

  /** What is left for the next scans: its first items by their names, and how many there are. */
  private static ApiSummary.UnreadSource left(Inventory.Progress progress) {
    SourceProgress far = progress.of();
    return new ApiSummary.UnreadSource(
        progress.source().region(),
        progress.source().service().name(),
        Reading.Reason.FAILED,
        NOT_READ_YET,
        Optional.of(far.left()),
        Optional.of(new ApiSummary.Left(far.listed() - far.read(), far.listed())));
  }

  private static ApiSummary.Changes changes(ScanId since, ApiChanges changes) {
    Map<ApiChanges.Kind, Long> apis = new TreeMap<>();
    Map<ApiChanges.Kind, Long> routes = new TreeMap<>();
    for (ApiChanges.Change change : changes.changes()) {
      if (!change.redeployedOnly()) {
        (change.route().isPresent() ? routes : apis).merge(change.kind(), 1L, Long::sum);
      }
    }
    return new ApiSummary.Changes(
        since,
        apis.getOrDefault(ApiChanges.Kind.ADDED, 0L),
        apis.getOrDefault(ApiChanges.Kind.CHANGED, 0L),
        apis.getOrDefault(ApiChanges.Kind.REMOVED, 0L),
        routes.getOrDefault(ApiChanges.Kind.ADDED, 0L),
        routes.getOrDefault(ApiChanges.Kind.CHANGED, 0L),
        routes.getOrDefault(ApiChanges.Kind.REMOVED, 0L));
  }
}
