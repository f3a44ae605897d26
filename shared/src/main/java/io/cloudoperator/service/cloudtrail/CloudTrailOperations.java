package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read operations of CloudTrail. */
public final class CloudTrailOperations {
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
      operation(
          "DescribeTrails",
          "Finds the trails, and whether they record all regions and validate their log files.",
          Set.of(),
          CloudTrailOperations::trails);

  /**
   * Whether a trail is logging. It is named by its ARN: an organization's can be in no other way.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html">GetTrailStatus</a>
   */
  public static final ReadOperation<Boolean> GET_TRAIL_STATUS =
      operation(
          "GetTrailStatus",
          "Checks that the trail of all regions is logging.",
          Set.of(TRAIL),
          CloudTrailOperations::isLogging);

  private CloudTrailOperations() {}

  /**
   * A trail.
   *
   * @param arn by which its status is asked for; it is not kept
   */
  record Trail(String arn, boolean allRegions, boolean validatesLogFiles) {}

  private static <T> ReadOperation<T> operation(
      String name, String why, Set<String> arguments, ReadOperation.Reader<T> reader) {
    return new ReadOperation<>(
        AwsService.CLOUDTRAIL,
        name,
        "cloudtrail:" + name,
        Tier.AUDIT,
        why,
        RequestPath.ROOT,
        arguments,
        Map.of(),
        Optional.empty(),
        reader);
  }

  private static Page<List<Trail>> trails(InputStream answer) throws IOException {
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
    return new Page<>(trails, Optional.empty());
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

  private static Page<Boolean> isLogging(InputStream answer) throws IOException {
    JsonReader json = JsonReader.open(answer);
    Optional<Boolean> logging = Optional.empty();
    for (int level = json.enter(); json.next(level); ) {
      if (json.name().equals("IsLogging")) {
        logging = Optional.of(json.flag());
      }
    }
    return new Page<>(
        logging.orElseThrow(
            () -> new UnreadableResponseException("the answer does not say whether it logs")),
        Optional.empty());
  }
}
