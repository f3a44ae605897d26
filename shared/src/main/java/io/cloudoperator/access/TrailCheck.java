package io.cloudoperator.access;

import io.cloudoperator.access.CloudTrailOperations.Trail;
import io.cloudoperator.scan.TrailStanding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds out how CloudTrail records an account. */
final class TrailCheck {
  private TrailCheck() {}

  /**
   * Asks for the trails of all regions, until one is logging: first those that validate.
   *
   * @throws SdkException if AWS refuses what would have decided it
   */
  static TrailStanding read(LeanClient cloudTrail) {
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

  private static boolean isLogging(LeanClient cloudTrail, Trail trail) {
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
