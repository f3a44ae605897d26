package io.cloudoperator.scan;

/**
 * How CloudTrail records an account, as seen from one region: trails of a single other region are
 * not among them. Which events a trail selects was not asked.
 *
 * @param trails how many there are, an organization's included, whether they log or not
 * @param recordsAllRegions whether one that is logging records all regions
 * @param validatesLogFiles whether such a one signs digests of its log files
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html">Concepts
 *     of CloudTrail</a>
 */
public record TrailStanding(int trails, boolean recordsAllRegions, boolean validatesLogFiles) {
  /**
   * @throws IllegalArgumentException if there is no trail that could be as it says
   */
  public TrailStanding {
    if (trails < (recordsAllRegions ? 1 : 0) || (validatesLogFiles && !recordsAllRegions)) {
      throw new IllegalArgumentException("a trail of all regions is a trail");
    }
  }
}
