package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import java.util.Comparator;
import java.util.List;

/**
 * Something in the account that its owner should look at.
 *
 * @param count how many instances, routes, or whatever the kind speaks of
 * @param regions where, most first
 * @param title one line for people
 * @param why what may happen
 * @param remedy what to do
 */
public record RiskFlag(
    Kind kind,
    Severity severity,
    long count,
    List<RegionName> regions,
    String title,
    String why,
    String remedy) {
  /** The order in which they are shown. */
  public static final Comparator<RiskFlag> MOST_SEVERE_FIRST =
      Comparator.comparing(RiskFlag::severity).thenComparing(RiskFlag::kind);

  public RiskFlag {
    regions = List.copyOf(regions);
  }

  /** Most severe first. */
  public enum Severity {
    HIGH,
    MEDIUM,
    LOW
  }

  /** What is looked for. */
  public enum Kind {
    IMDSV1_ALLOWED,
    PUBLIC_IPV4,
    LAUNCH_WIZARD_GROUP,
    NO_INSTANCE_PROFILE,
    PREVIOUS_GENERATION,
    STOPPED_OVER_30_DAYS,
    RUNNING_OVER_ONE_YEAR,
    SPARSE_REGIONS,
    ROUTES_WITHOUT_AUTHORIZATION,
    ENDPOINT_BYPASSES_DOMAIN,
    WILDCARD_CORS_WITH_CREDENTIALS,
    FUNCTION_URL_WITHOUT_AUTHORIZATION,
    GRAPHQL_API_KEY,
    TLS_BELOW_1_2,
    HTTP_LISTENER_WITHOUT_REDIRECT,
    DEFAULT_ENDPOINT_ON,
    NO_ACCESS_LOGS,
    NO_THROTTLING,
    STAGE_WITHOUT_DEPLOYMENT,
    DEPLOYED_LONG_AGO,
    PERMISSION_DRIFT,
    NO_TRAIL_OF_ALL_REGIONS
  }
}
