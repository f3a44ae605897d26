package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.scan.TrailStanding;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds out how CloudTrail records an account. */
public final class TrailReader {
  public static final String TRAIL = "Name";

  // Many times what there can be in a region.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  private static final int MOST_TRAILS = 100;

  /**
   * The trails of the region, with those of other regions and of the organization that record it.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html">DescribeTrails</a>
   */
  public static final ReadOperation<List<Trail>> DESCRIBE_TRAILS =
      ReadOperation.audit(
              CloudTrail.SERVICE,
              "DescribeTrails",
              "Finds the trails, and whether they record all regions and validate their log files.")
          .whole(TrailReader::trails);

  /**
   * Whether a trail is logging. It is named by its ARN: an organization's can be in no other way.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html">GetTrailStatus</a>
   */
  public static final ReadOperation<Boolean> GET_TRAIL_STATUS =
      ReadOperation.audit(
              CloudTrail.SERVICE,
              "GetTrailStatus",
              "Checks that the trail of all regions is logging.")
          .argument(TRAIL)
          .whole(TrailReader::isLogging);

  private TrailReader() {}

  /**
   * A trail.
   *
   * @param arn by which its status is asked for; it is not kept
   */
  record Trail(String arn, boolean allRegions, boolean validatesLogFiles) {}

  /**
   * Asks for the trails of all regions, until one is logging: first those that validate.
   *
   * @throws SdkException if AWS refuses what would have decided it
   */
  public static TrailStanding read(AwsClient cloudTrail) {
    List<Trail> trails = cloudTrail.read(DESCRIBE_TRAILS);
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
      return cloudTrail.read(GET_TRAIL_STATUS, Map.of(TRAIL, trail.arn()));
    } catch (SdkException e) {
      if (AwsErrors.gone(e)) {
        return false;
      }
      throw e;
    }
  }

  private static List<Trail> trails(InputStream answer) throws IOException {
    JsonReader json = JsonReader.open(answer);
    List<Trail> trails = new ArrayList<>();
    boolean listed = false;
    for (int level = json.enter(); json.next(level); ) {
      if (json.name().equals("trailList")) {
        listed = true;
        for (int list = json.enterList(); json.next(list); ) {
          trails.add(trail(json));
          if (trails.size() > MOST_TRAILS) {
            throw new UnreadableResponseException("has more trails than there can be");
          }
        }
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer lists no trails");
    }
    return trails;
  }

  private static Trail trail(JsonReader json) throws IOException {
    String arn = "";
    boolean allRegions = false;
    boolean validatesLogFiles = false;
    for (int level = json.enterObject(); json.next(level); ) {
      switch (json.name()) {
        case "TrailARN" -> arn = json.text();
        case "IsMultiRegionTrail" -> allRegions = json.flag();
        case "LogFileValidationEnabled" -> validatesLogFiles = json.flag();
        default -> {}
      }
    }
    return new Trail(arn, allRegions, validatesLogFiles);
  }

  private static boolean isLogging(InputStream answer) throws IOException {
    JsonReader json = JsonReader.open(answer);
    Optional<Boolean> logging = Optional.empty();
    for (int level = json.enter(); json.next(level); ) {
      if (json.name().equals("IsLogging")) {
        logging = Optional.of(json.flag());
      }
    }
    return logging.orElseThrow(
        () -> new UnreadableResponseException("the answer does not say whether it logs"));
  }
}
