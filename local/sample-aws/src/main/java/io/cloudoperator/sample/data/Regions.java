package io.cloudoperator.sample.data;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The commercial regions of AWS.
 *
 * <p>https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
public final class Regions {

  private static final List<String> DEFAULT =
      List.of(
          """
          us-east-1 us-east-2 us-west-1 us-west-2 eu-west-1 eu-central-1 eu-west-2 eu-west-3 \
          eu-north-1 ap-northeast-1 ap-southeast-1 ap-southeast-2 ap-south-1 ap-northeast-2 \
          ap-northeast-3 ca-central-1 sa-east-1\
          """
              .split(" "));

  private static final List<String> OPT_IN =
      List.of(
          """
          eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 af-south-1 \
          ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 \
          ap-southeast-6 ap-southeast-7 ca-west-1 mx-central-1\
          """
              .split(" "));

  private static final List<String> ALL = Stream.concat(DEFAULT.stream(), OPT_IN.stream()).toList();
  private static final Set<String> NAMES = Set.copyOf(ALL);
  private static final Set<String> NOT_REQUIRED = Set.copyOf(DEFAULT);

  private Regions() {}

  /** All of them, those enabled by default first. */
  public static List<String> all() {
    return ALL;
  }

  public static boolean exists(String region) {
    return NAMES.contains(region);
  }

  /** Whether an account has to opt in before it can use the region. */
  public static boolean needsOptIn(String region) {
    return !NOT_REQUIRED.contains(region);
  }
}
