package io.cloudoperator.service;

import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.EarlierApis;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What of a place is to be read.
 *
 * @param place a region, or {@link ApiId#GLOBAL}
 * @param earlier what earlier scans have read there
 * @param startedAt when the scan began
 * @param until after this no other item is begun
 */
public record DiscoveryScope(
    String place, EarlierApis earlier, InstantSource clock, Instant startedAt, Instant until) {
  /** All of it, however long it takes. */
  public static DiscoveryScope whole(String place, InstantSource clock) {
    return new DiscoveryScope(place, EarlierApis.NONE, clock, clock.instant(), Instant.MAX);
  }
}
