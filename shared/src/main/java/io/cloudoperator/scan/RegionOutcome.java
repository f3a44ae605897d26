package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import java.util.List;

/** What a scan found in one region, and the calls that it made for it. */
public record RegionOutcome(
    RegionName region, Reading<InstanceCounts> instances, List<CallCount> calls) {
  public RegionOutcome {
    calls = List.copyOf(calls);
  }
}
