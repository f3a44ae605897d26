package io.cloudoperator.inventory;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import java.util.List;

/**
 * The readings of services that have no region.
 *
 * @param calls made for it
 */
public record GlobalApis(SourceReadings readings, List<CallCount> calls) {
  public GlobalApis {
    calls = List.copyOf(calls);
  }

  /**
   * What they say of a source.
   *
   * @throws java.util.NoSuchElementException if they were not asked
   */
  public <F> Reading<List<F>> of(ApiSource<F> source) {
    return readings.find(source).orElseThrow();
  }
}
