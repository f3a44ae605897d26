package io.cloudoperator.service;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.CdnIndex;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.SourceReadings;
import java.time.Instant;
import java.util.List;

/**
 * What a service's rules draw the APIs of a region from.
 *
 * @param cdn what leads to APIs from outside of the region
 * @param earlier what is known of APIs of which this scan has not read all
 * @param startedAt when the scan began
 * @param at when, to tell how long ago something was deployed
 */
public record RegionFacts(
    RegionName region,
    SourceReadings readings,
    CdnIndex cdn,
    EarlierApis earlier,
    Instant startedAt,
    Instant at) {
  /** The facts of a source; none if it was not read. */
  public <F> List<F> facts(ApiSource<F> source) {
    return readings.facts(source);
  }
}
