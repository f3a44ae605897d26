package io.cloudoperator.scanner;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.store.stored.UnreadableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the scans before one have read of APIs. Each inventory is read once at most, and only if it
 * has something that a later one has not: a source that was denied, or a region that was not
 * chosen.
 */
final class EarlierScans {
  private final ApiStore apis;
  private final List<Snapshot> history;
  private final Map<ScanId, Optional<Inventory>> read = new HashMap<>();

  /**
   * @param history the snapshots before the scan, newest first
   */
  EarlierScans(ApiStore apis, List<Snapshot> history) {
    this.apis = apis;
    this.history = history;
  }

  /** What is known of the APIs of these regions. */
  EarlierApis of(Collection<RegionName> regions) {
    Set<Inventory.Source> sources = new HashSet<>();
    for (RegionName region : regions) {
      ApiDiscovery.sources(ApiDiscovery.REGIONAL)
          .forEach(source -> sources.add(new Inventory.Source(region.value(), source)));
    }
    Set<Inventory.Source> missing = new HashSet<>(sources);
    List<EarlierApis.Scanned> newestFirst = new ArrayList<>();
    for (Snapshot snapshot : history) {
      Set<Inventory.Source> told = new HashSet<>(missing);
      told.removeIf(source -> !readBy(snapshot, source));
      if (!told.isEmpty()) {
        inventory(snapshot)
            .ifPresent(inventory -> {
              newestFirst.add(new EarlierApis.Scanned(inventory, snapshot.startedAt()));
              missing.removeAll(inventory.read());
            });
      }
    }
    return EarlierApis.of(sources, newestFirst);
  }

  private static boolean readBy(Snapshot snapshot, Inventory.Source source) {
    return snapshot.apis().isPresent()
        && snapshot.regions().stream()
            .map(RegionOutcome::region)
            .anyMatch(region -> region.value().equals(source.region()))
        && snapshot.apis().stream()
            .map(ApiSummary::unread)
            .flatMap(List::stream)
            .noneMatch(unread ->
                unread.items().isEmpty()
                    && unread.region().equals(source.region())
                    && unread.service().equals(source.service().name()));
  }

  /** The newest one with APIs, to which what was found is compared. */
  Optional<Snapshot> newest() {
    return history.stream().filter(earlier -> earlier.apis().isPresent()).findFirst();
  }

  /** An earlier one that cannot be read costs what it has, and no more. */
  Optional<Inventory> inventory(Snapshot earlier) {
    return read.computeIfAbsent(
        earlier.key().scan(),
        _ -> {
          try {
            return apis.inventory(earlier.key());
          } catch (UnreadableException _) {
            return Optional.empty();
          }
        });
  }
}
