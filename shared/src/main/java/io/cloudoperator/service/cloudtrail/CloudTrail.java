package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** AWS CloudTrail: the account's trails, and the events of our own sessions. */
public final class CloudTrail implements ScannedService {
  @Override
  public List<ReadOperation<?>> verifying() {
    return List.of(
        CloudTrailOperations.DESCRIBE_TRAILS,
        CloudTrailOperations.GET_TRAIL_STATUS,
        LookupOperations.BY_SESSION,
        LookupOperations.BY_ROLE,
        LookupOperations.ASSUME_ROLE);
  }
}
