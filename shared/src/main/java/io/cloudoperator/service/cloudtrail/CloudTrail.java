package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.AwsService.Form;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** AWS CloudTrail: the account's trails, and the events of our own sessions. */
public final class CloudTrail implements ScannedService {
  // Half of 10 a second over all that gets, describes and lists.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  public static final AwsService SERVICE =
      AwsService.json(
              "cloudtrail", Form.JSON_1_1, "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101")
          .limited(5, 5);

  @Override
  public List<ReadOperation<?>> verifying() {
    return List.of(
        TrailReader.DESCRIBE_TRAILS,
        TrailReader.GET_TRAIL_STATUS,
        EventHistoryReader.BY_SESSION,
        EventHistoryReader.BY_RESOURCE);
  }
}
