package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Declaration;
import java.util.List;

/**
 * The two versions of API Gateway's API: one for REST APIs, one for HTTP and WebSocket APIs, each
 * with its own way of turning pages.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html">Actions of
 *     version 1</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/resources.html">Resources
 *     of version 2</a>
 */
enum ApiVersion {
  V1("limit", "position", "item", "position"),
  V2("maxResults", "nextToken", "items", "nextToken");

  // The largest page of version 1, and as many of version 2: each page more is one of the
  // customer's ten calls a second.
  private static final String PAGE = "500";

  private final String sizeParameter;
  private final String tokenParameter;
  private final String list;
  private final String token;

  ApiVersion(String sizeParameter, String tokenParameter, String list, String token) {
    this.sizeParameter = sizeParameter;
    this.tokenParameter = tokenParameter;
    this.list = list;
    this.token = token;
  }

  /** An operation on a path, under the one permission for all that is read. */
  static Declaration operation(String name, String path, String why) {
    return ReadOperation.audit(ApiGateway.SERVICE, name, why)
        .action(ApiGatewayPaths.GET)
        .path(path);
  }

  /** An operation that lists in pages. */
  <T> ReadOperation<List<T>> listing(String name, String path, String why, JsonPages.Item<T> item) {
    return listing(operation(name, path, why), item);
  }

  /** As above, with more that is declared of it. */
  <T> ReadOperation<List<T>> listing(Declaration operation, JsonPages.Item<T> item) {
    return operation.parameter(sizeParameter, PAGE).pages(tokenParameter, reader(item));
  }

  /** Reads a page of items; a list of version 1 that is empty may be missing. */
  <T> ReadOperation.Reader<List<T>> reader(JsonPages.Item<T> item) {
    return switch (this) {
      case V1 -> answer -> JsonPages.pageOrNothing(answer, list, token, item);
      case V2 -> answer -> JsonPages.page(answer, list, token, item);
    };
  }
}
