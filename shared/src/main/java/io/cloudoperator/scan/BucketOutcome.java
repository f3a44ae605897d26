package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import java.util.List;

/** What a scan found of the account's buckets, and the calls that it made for it. */
public record BucketOutcome(Reading<BucketCounts> buckets, List<CallCount> calls) {
  public BucketOutcome {
    calls = List.copyOf(calls);
  }
}
