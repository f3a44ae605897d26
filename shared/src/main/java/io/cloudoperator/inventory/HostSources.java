package io.cloudoperator.inventory;

/** Where a host would be found. */
final class HostSources {
  private HostSources() {}

  /**
   * Whether an API that is called under a host may stand in a source.
   *
   * @param host in lower case
   */
  static boolean mayHold(Inventory.Source source, String host) {
    String region = "." + source.region() + ".";
    return switch (source.service()) {
      case REST_APIS, HTTP_APIS -> isOfCustomer(host) || host.contains(".execute-api" + region);
      case DOMAIN_NAMES -> isOfCustomer(host);
      case FUNCTION_URLS -> host.contains(".lambda-url" + region);
      case GRAPHQL_APIS -> host.contains(".appsync-api" + region);
      // Application load balancers have the region before "elb", network load balancers after it.
      case LOAD_BALANCERS -> host.contains(region + "elb.") || host.contains(".elb" + region);
      case DISTRIBUTIONS -> isOfCustomer(host) || host.contains(".cloudfront.");
      case VPC_LINKS -> false;
    };
  }

  private static boolean isOfCustomer(String host) {
    return !host.contains(".amazonaws.")
        && !host.contains(".on.aws")
        && !host.contains(".cloudfront.");
  }
}
