package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.Partitions;
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
    return "%s.execute-api.%s.%s".formatted(id, region, Partitions.dnsSuffix(region));
  }
}
