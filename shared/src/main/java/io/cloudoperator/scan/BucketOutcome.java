package io.cloudoperator.scan;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.metric.Counts;
import java.util.List;

/** What a scan found of the account's buckets, and the calls that it made for it. */
public record BucketOutcome(Reading<Counts> buckets, List<CallCount> calls) {
  /** The resource's name. */
  public static final String BUCKETS = "buckets";

  public BucketOutcome {
    calls = List.copyOf(calls);
  }
}
