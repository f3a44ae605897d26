package io.cloudoperator.inventory;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import java.util.List;

/**
 * The readings of one region's APIs, each source by itself.
 *
 * @param calls made for it
 */
public record RegionApis(RegionName region, SourceReadings readings, List<CallCount> calls) {
  public RegionApis {
    calls = List.copyOf(calls);
  }

  /**
   * What it says of a source.
   *
   * @throws java.util.NoSuchElementException if it was not asked
   */
  public <F> Reading<List<F>> of(ApiSource<F> source) {
    return readings.find(source).orElseThrow();
  }
}
