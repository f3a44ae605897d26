package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.scan.TrailStanding;
import io.cloudoperator.service.cloudtrail.CloudTrailOperations.Trail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds out how CloudTrail records an account. */
public final class TrailCheck {
  private TrailCheck() {}

  /**
   * Asks for the trails of all regions, until one is logging: first those that validate.
   *
   * @throws SdkException if AWS refuses what would have decided it
   */
  public static TrailStanding read(AwsClient cloudTrail) {
    List<Trail> trails = cloudTrail.read(CloudTrailOperations.DESCRIBE_TRAILS);
    for (boolean validating : List.of(true, false)) {
      Optional<SdkException> refusal = Optional.empty();
      for (Trail trail : trails) {
        try {
          if (trail.allRegions()
              && trail.validatesLogFiles() == validating
              && isLogging(cloudTrail, trail)) {
            return new TrailStanding(trails.size(), true, validating);
          }
        } catch (SdkException e) {
          refusal = refusal.or(() -> Optional.of(e));
        }
      }
      if (refusal.isPresent()) {
        throw refusal.get();
      }
    }
    return new TrailStanding(trails.size(), false, false);
  }

  private static boolean isLogging(AwsClient cloudTrail, Trail trail) {
    try {
      return cloudTrail.read(
          CloudTrailOperations.GET_TRAIL_STATUS, Map.of(CloudTrailOperations.TRAIL, trail.arn()));
    } catch (SdkException e) {
      if (AwsErrors.gone(e)) {
        return false;
      }
      throw e;
    }
  }
}
