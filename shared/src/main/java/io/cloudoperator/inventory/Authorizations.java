package io.cloudoperator.inventory;

import java.util.List;

/** What callers must show, in AWS's words and in ours. */
public final class Authorizations {
  private Authorizations() {}

  /**
   * Of a method or a route of API Gateway, or of a function's URL.
   *
   * @param ways the open ways to it
   */
  public static Authorization of(String type, boolean apiKeyRequired, List<Endpoint> ways) {
    return switch (type) {
      case "NONE" -> withoutAuthorizer(apiKeyRequired, ways);
      case "AWS_IAM" -> Authorization.IAM;
      case "CUSTOM" -> Authorization.LAMBDA;
      case "COGNITO_USER_POOLS" -> Authorization.COGNITO;
      case "JWT" -> Authorization.JWT;
      default -> Authorization.UNKNOWN;
    };
  }

  private static Authorization withoutAuthorizer(boolean apiKeyRequired, List<Endpoint> ways) {
    if (!ways.isEmpty() && ways.stream().allMatch(Endpoint::mutualTls)) {
      return Authorization.MUTUAL_TLS;
    }
    return apiKeyRequired ? Authorization.API_KEY_ONLY : Authorization.NONE;
  }

  /**
   * Of a GraphQL API: a caller chooses among its types, so the weakest decides. A type that is not
   * known may be weaker than those that are.
   *
   * @param types the default one first
   * @see <a
   *     href="https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html">authorization
   *     in AppSync</a>
   */
  public static Authorization ofGraphql(List<String> types) {
    List<Authorization> all = types.stream().map(Authorizations::ofGraphql).toList();
    if (all.contains(Authorization.API_KEY_ONLY)) {
      return Authorization.API_KEY_ONLY;
    }
    return all.isEmpty() || all.contains(Authorization.UNKNOWN)
        ? Authorization.UNKNOWN
        : all.getFirst();
  }

  private static Authorization ofGraphql(String type) {
    return switch (type) {
      case "API_KEY" -> Authorization.API_KEY_ONLY;
      case "AWS_IAM" -> Authorization.IAM;
      case "AMAZON_COGNITO_USER_POOLS" -> Authorization.COGNITO;
      case "OPENID_CONNECT" -> Authorization.JWT;
      case "AWS_LAMBDA" -> Authorization.LAMBDA;
      default -> Authorization.UNKNOWN;
    };
  }
}
