package io.cloudoperator.service;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.CdnIndex;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.scan.Conclusion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws from what the regions said what was read, what was not, and every API. */
public final class InventoryBuilder {
  private final SortedSet<Inventory.Source> read = new TreeSet<>();
  private final SortedSet<Inventory.Unread> unread = new TreeSet<>();
  private final SortedMap<ApiId, Api> apis = new TreeMap<>();
  private final List<Inventory.Progress> progress = new ArrayList<>();
  private final EarlierApis earlier;
  private final Instant startedAt;

  private InventoryBuilder(EarlierApis earlier, Instant startedAt) {
    this.earlier = earlier;
    this.startedAt = startedAt;
  }

  /**
   * Joins what the regions said to APIs, and judges them.
   *
   * @param planned regions of the scan: of one that said nothing, every source is unread
   * @param global absent if nobody was asked, or no answer was kept
   * @param at when, to tell how long ago something was deployed
   */
  public static Inventory of(
      Collection<RegionName> planned,
      List<RegionApis> regions,
      Optional<GlobalApis> global,
      Instant at) {
    return of(planned, regions, global, EarlierApis.NONE, at, at);
  }

  /**
   * The same of a scan that may not have read all of each API.
   *
   * @param earlier what is known of those
   * @param startedAt when the scan began
   */
  public static Inventory of(
      Collection<RegionName> planned,
      List<RegionApis> regions,
      Optional<GlobalApis> global,
      EarlierApis earlier,
      Instant startedAt,
      Instant at) {
    InventoryBuilder builder = new InventoryBuilder(earlier, startedAt);
    builder.add(planned, regions, global.map(GlobalApis::readings).orElse(SourceReadings.NONE), at);
    return new Inventory(
        List.copyOf(builder.read),
        List.copyOf(builder.unread),
        List.copyOf(builder.apis.values()),
        builder.progress);
  }

  private void add(
      Collection<RegionName> planned, List<RegionApis> regions, SourceReadings global, Instant at) {
    SortedMap<RegionName, SourceReadings> told = new TreeMap<>();
    planned.forEach(region -> told.put(region, SourceReadings.NONE));
    Set<RegionName> seen = new TreeSet<>();
    for (RegionApis region : regions) {
      // Of several answers of a region the first stands.
      if (seen.add(region.region())) {
        told.put(region.region(), region.readings());
      }
    }
    CdnIndex cdn =
        CdnIndex.of(
            ScannedServices.ALL.stream().flatMap(service -> service.distributions(global)).toList(),
            ApiDiscovery.sources(ApiDiscovery.GLOBAL).stream()
                .allMatch(source -> global.complete(source).isPresent()));
    coverage(ApiId.GLOBAL, ApiDiscovery.GLOBAL, global);
    ScannedServices.ALL.forEach(service -> service.apis(global).forEach(this::note));
    told.forEach((region, readings) -> {
      coverage(region.value(), ApiDiscovery.REGIONAL, readings);
      RegionFacts facts = new RegionFacts(region, readings, cdn, earlier, startedAt, at);
      ScannedServices.ALL.forEach(service -> service.apis(facts).forEach(this::note));
    });
  }

  private void coverage(String region, List<Discovery<?>> asked, SourceReadings readings) {
    for (ApiSource<?> each : ApiDiscovery.sources(asked)) {
      Inventory.Source source = new Inventory.Source(region, each);
      switch (reading(readings, each)) {
        case Reading.Complete<?>(var _, List<UnreadItem> except) -> {
          read.add(source);
          unread.addAll(Inventory.Unread.items(source, except));
          Optional.ofNullable(readings.progress().get(each))
              .ifPresent(far -> progress.add(new Inventory.Progress(source, far)));
        }
        case Reading.Unread<?>(Reading.Reason reason, String code) ->
            unread.add(new Inventory.Unread(source, reason, code));
      }
    }
  }

  private static <F> Reading<List<F>> reading(SourceReadings readings, ApiSource<F> source) {
    return readings
        .find(source)
        .orElse(new Reading.Unread<>(Reading.Reason.FAILED, Conclusion.NOT_SCANNED));
  }

  private void note(Api api) {
    // AWS may show something twice when it changes while pages are turned.
    apis.put(api.id(), api);
  }
}
