package io.cloudoperator.reconcile;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.RegionName;
import java.util.Map;

/** The region in which CloudTrail records a call. */
public final class TrailRegion {
  // Where the SDK signs for services without regions, and so where they record.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
  private static final Map<String, String> GLOBAL =
      Map.of("aws-global", "us-east-1", "aws-us-gov-global", "us-gov-west-1");

  private TrailRegion() {}

  /** Of a service without regions, its home; otherwise the region that was asked. */
  public static RegionName region(Call call) {
    return new RegionName(name(call));
  }

  static String name(Call call) {
    if (call.region().equals("aws-cn-global")) {
      return call.service().equals("iam") ? "cn-north-1" : "cn-northwest-1";
    }
    return GLOBAL.getOrDefault(call.region(), call.region());
  }
}
