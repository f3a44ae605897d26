package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * A risk flag: a finding in the account that its owner should look at.
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
  /** The order in which they are shown; those of metrics stay in the order of the declarations. */
  public static final Comparator<RiskFlag> MOST_SEVERE_FIRST =
      Comparator.comparing(RiskFlag::severity).thenComparing(RiskFlag::kind, Kind.BY_RANK);

  public RiskFlag {
    regions = List.copyOf(regions);
  }

  /** The names of its regions; {@code account} or {@code global} for what has none. */
  public List<String> places() {
    if (regions.isEmpty()) {
      return List.of(kind.ofAccount() ? "account" : "global");
    }
    return regions.stream().map(RegionName::value).toList();
  }

  /** Where, in words: {@code in us-east-1, eu-west-1}, or in what that has no regions. */
  public String where() {
    if (regions.isEmpty()) {
      return kind.ofAccount() ? "in the account as a whole" : "in a service without regions";
    }
    return "in " + String.join(", ", places());
  }

  /**
   * What is looked for, by its stable code. The flags of metrics are declared with them; the others
   * are here.
   *
   * @param code such as {@code imdsv1_allowed}
   */
  public record Kind(String code) implements Comparable<Kind> {
    public static final Kind SPARSE_REGIONS = new Kind("sparse_regions");
    public static final Kind ROUTES_WITHOUT_AUTHORIZATION =
        new Kind("routes_without_authorization");
    public static final Kind ENDPOINT_BYPASSES_DOMAIN = new Kind("endpoint_bypasses_domain");
    public static final Kind WILDCARD_CORS_WITH_CREDENTIALS =
        new Kind("wildcard_cors_with_credentials");
    public static final Kind FUNCTION_URL_WITHOUT_AUTHORIZATION =
        new Kind("function_url_without_authorization");
    public static final Kind GRAPHQL_API_KEY = new Kind("graphql_api_key");
    public static final Kind TLS_BELOW_1_2 = new Kind("tls_below_1_2");
    public static final Kind HTTP_LISTENER_WITHOUT_REDIRECT =
        new Kind("http_listener_without_redirect");
    public static final Kind DEFAULT_ENDPOINT_ON = new Kind("default_endpoint_on");
    public static final Kind NO_ACCESS_LOGS = new Kind("no_access_logs");
    public static final Kind NO_THROTTLING = new Kind("no_throttling");
    public static final Kind STAGE_WITHOUT_DEPLOYMENT = new Kind("stage_without_deployment");
    public static final Kind DEPLOYED_LONG_AGO = new Kind("deployed_long_ago");
    public static final Kind PERMISSION_DRIFT = new Kind("permission_drift");
    public static final Kind NO_TRAIL_OF_ALL_REGIONS = new Kind("no_trail_of_all_regions");

    /** The kinds that no metric declares, in the order in which they are shown. */
    public static final List<Kind> OTHERS =
        List.of(
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
            NO_TRAIL_OF_ALL_REGIONS);

    /** Those of metrics come first. */
    @Override
    public int compareTo(Kind other) {
      return BY_RANK.thenComparing(Kind::code).compare(this, other);
    }

    /** Whether it speaks of the account, and not of what is in it. */
    public boolean ofAccount() {
      return equals(PERMISSION_DRIFT) || equals(NO_TRAIL_OF_ALL_REGIONS);
    }

    private int rank() {
      return OTHERS.indexOf(this);
    }

    private static final Comparator<Kind> BY_RANK = Comparator.comparingInt(Kind::rank);

    @Override
    public String toString() {
      return code;
    }
  }
}
