package io.cloudoperator.service;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.service.cloudfront.Distribution;
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
