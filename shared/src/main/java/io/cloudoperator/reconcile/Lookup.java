package io.cloudoperator.reconcile;

import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.RegionName;
import java.util.Optional;

/**
 * The events of a session in CloudTrail's event history of a region.
 *
 * @param gap why it was not read to its end; absent if it was. What was read until then counts
 */
public record Lookup(RegionName region, TrailEvents events, Optional<Gap> gap) {
  /**
   * Why the event history of a region was not read to its end.
   *
   * @param code AWS's error code, or one of our own where no answer came
   */
  public record Gap(RegionName region, Reason reason, String code) {}
}
