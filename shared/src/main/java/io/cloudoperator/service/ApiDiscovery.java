package io.cloudoperator.service;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.inventory.SourceReadings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Reads the facts of APIs: every source at once, and each by itself. */
public final class ApiDiscovery {
  /** What is read in each region. */
  public static final List<Discovery<?>> REGIONAL =
      ScannedServices.ALL.stream().flatMap(service -> service.regional().stream()).toList();

  /** What is read once for all regions. */
  public static final List<Discovery<?>> GLOBAL =
      ScannedServices.ALL.stream().flatMap(service -> service.global().stream()).toList();

  private ApiDiscovery() {}

  /** The sources of these. */
  public static List<ApiSource<?>> sources(List<Discovery<?>> discoveries) {
    return discoveries.stream().<ApiSource<?>>map(Discovery::source).toList();
  }

  /** Of a region of which nothing was read, for one reason. */
  public static RegionApis unread(
      RegionName region, Reading.Reason reason, String code, List<CallCount> calls) {
    return new RegionApis(region, SourceReadings.unread(sources(REGIONAL), reason, code), calls);
  }

  /** Of what has no region, where nothing was read, for one reason. */
  public static GlobalApis unreadGlobal(Reading.Reason reason, String code, List<CallCount> calls) {
    return new GlobalApis(SourceReadings.unread(sources(GLOBAL), reason, code), calls);
  }

  /**
   * Reads these, all at once.
   *
   * @param where to ask a service; nowhere if the partition does not have it, and so nothing of it
   */
  public static SourceReadings read(
      List<Discovery<?>> discoveries,
      DiscoveryScope scope,
      Function<AwsService, Optional<RegionClient>> where) {
    SourceReadings readings = SourceReadings.NONE;
    for (UnaryOperator<SourceReadings> each :
        ParallelMap.<Discovery<?>, UnaryOperator<SourceReadings>>all(
            discoveries, discovery -> read(discovery, scope, where))) {
      readings = each.apply(readings);
    }
    return readings;
  }

  private static <F> UnaryOperator<SourceReadings> read(
      Discovery<F> discovery,
      DiscoveryScope scope,
      Function<AwsService, Optional<RegionClient>> where) {
    AtomicReference<Optional<SourceProgress>> progress = new AtomicReference<>(Optional.empty());
    Reading<List<F>> reading =
        where
            .apply(discovery.service())
            .map(region ->
                region.askEach(
                    discovery.service(),
                    (client, items) -> {
                      Turns turns = new Turns(items, scope, discovery.source());
                      List<F> facts = discovery.read().apply(client, turns);
                      progress.set(turns.progress());
                      return facts;
                    }))
            .orElse(new Reading.Complete<>(List.of()));
    return others -> {
      SourceReadings more = others.with(discovery.source(), reading);
      return progress.get().map(far -> more.with(discovery.source(), far)).orElse(more);
    };
  }
}
