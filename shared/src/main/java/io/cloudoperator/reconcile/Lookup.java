package io.cloudoperator.reconcile;

import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.RegionName;
import java.util.Optional;

/**
 * What CloudTrail's own event history of a region says of a session.
 *
 * @param gap why it was not read to its end; absent if it was. What was read until then counts
 */
public record Lookup(RegionName region, TrailEvents events, Optional<Gap> gap) {
  /**
   * Why something of a region was not read.
   *
   * @param code AWS's error code, or a word of ours where no answer came
   */
  public record Gap(RegionName region, Reason reason, String code) {}
}
