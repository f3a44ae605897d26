package io.cloudoperator.service.apigateway;

import io.cloudoperator.connection.RegionName;

/** The hosts that AWS gives to APIs. */
final class ExecuteApiHosts {
  private ExecuteApiHosts() {}

  /**
   * Of an API of API Gateway.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html">how
   *     to call an API</a>
   */
  static String executeApi(String id, RegionName region) {
    return "%s.execute-api.%s.%s".formatted(id, region, suffix(region));
  }

  // https://docs.aws.amazon.com/general/latest/gr/rande.html
  private static String suffix(RegionName region) {
    if (region.value().startsWith("cn-")) {
      return "amazonaws.com.cn";
    }
    return region.value().startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
  }
}
