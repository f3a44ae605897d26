package io.cloudoperator.apis.facts;

import io.cloudoperator.scan.CallCount;
import io.cloudoperator.scan.Reading;
import java.util.List;

/**
 * What the services say that have no region.
 *
 * @param calls made for it
 */
public record GlobalApis(Reading<List<Distribution>> distributions, List<CallCount> calls) {
  public GlobalApis {
    calls = List.copyOf(calls);
  }
}
