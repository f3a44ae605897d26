package io.cloudoperator.reconcile;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.RegionName;

/** The region in which CloudTrail records a call. */
public final class TrailRegion {
  private TrailRegion() {}

  /**
   * Of a service without regions, the one that its requests are signed for; otherwise the region
   * that was asked.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events">events
   *     of global services</a>
   */
  public static RegionName region(Call call) {
    return new RegionName(name(call));
  }

  static String name(Call call) {
    return Partitions.recordedIn(call.service(), call.region());
  }
}
