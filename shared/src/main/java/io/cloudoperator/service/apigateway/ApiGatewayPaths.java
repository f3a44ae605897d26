package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import java.util.List;

/**
 * What of API Gateway a session may read. It has one action for all that is read, {@value #GET}, by
 * which API keys and SDKs are read as well as names: what is narrow is the resource, the path that
 * is asked for.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html">What
 *     its resources are called</a>
 */
public final class ApiGatewayPaths {
  public static final String GET = "apigateway:GET";

  private ApiGatewayPaths() {}

  /**
   * A pattern for each path of these operations. A pattern is matched from end to end, and its
   * {@code *} matches slashes too: {@code /*}{@code /stages} are the stages of anything, and none
   * of them by itself. Where a list is read and each of it as well, one pattern stands for both.
   */
  public static List<String> resources(List<ReadOperation<?>> operations) {
    List<String> patterns =
        operations.stream()
            .filter(operation -> operation.iamAction().equals(GET))
            .map(ApiGatewayPaths::pattern)
            .distinct()
            .toList();
    return patterns.stream()
        .map(pattern -> patterns.contains(pattern + "/*") ? pattern + "*" : pattern)
        .filter(pattern ->
            !pattern.endsWith("/*")
                || !patterns.contains(pattern.substring(0, pattern.length() - 2)))
        .map("arn:*:apigateway:*::"::concat)
        .toList();
  }

  private static String pattern(ReadOperation<?> operation) {
    // Resources of version 2 are named without it.
    List<String> segments =
        operation.path().segments().stream().filter(segment -> !segment.equals("v2")).toList();
    int last = segments.size() - 1;
    boolean one = RequestPath.variable(segments.get(last)).isPresent();
    int named = one ? last - 1 : last;
    String path = (named == 0 ? "/" : "/*/") + segments.get(named) + (one ? "/*" : "");
    // What is embedded in an answer is below its path.
    return operation.parameters().containsKey("embed") ? path + "*" : path;
  }
}
