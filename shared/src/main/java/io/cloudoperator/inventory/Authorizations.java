package io.cloudoperator.inventory;

import java.util.List;

/** Authorizations by AWS's names of them. */
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
}
