package io.cloudoperator.scanner;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.ApiFlags;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.ApiSummaries;
import io.cloudoperator.inventory.DocumentTooLargeException;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.InventoryBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The APIs of a scan of the audit tier: drawn from what its shards found, and kept. */
final class FoundApis {
  private final ApiStore apis;
  private final Telemetry telemetry;

  FoundApis(ApiStore apis, Telemetry telemetry) {
    this.apis = apis;
    this.telemetry = telemetry;
  }

  /** Of a scan that comes after these, newest first. */
  EarlierScans after(List<Snapshot> history) {
    return new EarlierScans(apis, history);
  }

  /** The inventory of all that the shards have kept so far; what they have not is unread. */
  Inventory inventory(Run run, Plan plan, EarlierScans earlier, Instant at) {
    ApiStore.Found found = apis.found(run.key());
    List<RegionName> planned =
        plan.shards().stream().flatMap(shard -> shard.regions().stream()).toList();
    return InventoryBuilder.of(
        planned, found.regions(), found.global(), earlier.of(planned), run.startedAt(), at);
  }

  /**
   * Keeps the inventory, and adds what is to be said of it to the snapshot. One that is too large
   * does not cost the scan: all of it is then unread, and is kept as that.
   *
   * @param earlier the scans before this one
   * @return empty if the run is over
   */
  Optional<Snapshot> keep(Run run, Inventory drawn, Snapshot snapshot, EarlierScans earlier) {
    Optional<Inventory> kept;
    try {
      kept = apis.keep(run, drawn);
    } catch (DocumentTooLargeException e) {
      telemetry.failed(LogEvent.INVENTORY_TOO_LARGE, e);
      kept = apis.keep(run, withoutApis(drawn));
    }
    Optional<Snapshot> before = earlier.newest();
    // What is kept may be what an earlier delivery of this step has drawn.
    return kept.map(inventory ->
        snapshot.withApis(
            ApiSummaries.of(
                inventory,
                before.map(last -> last.key().scan()),
                before.flatMap(earlier::inventory)),
            ApiFlags.of(inventory)));
  }

  private static Inventory withoutApis(Inventory drawn) {
    return new Inventory(
        List.of(),
        Stream.concat(
                drawn.unread().stream().filter(unread -> unread.items().isEmpty()),
                drawn.read().stream()
                    .map(source ->
                        new Inventory.Unread(
                            source, Reading.Reason.FAILED, DocumentTooLargeException.CODE)))
            .toList(),
        List.of());
  }
}
