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

  /** A type that is judged as the one of which this became, whatever the ways to it are now. */
  public static String type(Authorization authorization) {
    return switch (authorization) {
      case NONE, API_KEY_ONLY, MUTUAL_TLS -> "NONE";
      case IAM -> "AWS_IAM";
      case LAMBDA -> "CUSTOM";
      case COGNITO -> "COGNITO_USER_POOLS";
      case JWT -> "JWT";
      case UNKNOWN, NOT_APPLICABLE -> "";
    };
  }

  private static Authorization withoutAuthorizer(boolean apiKeyRequired, List<Endpoint> ways) {
    if (!ways.isEmpty() && ways.stream().allMatch(Endpoint::mutualTls)) {
      return Authorization.MUTUAL_TLS;
    }
    return apiKeyRequired ? Authorization.API_KEY_ONLY : Authorization.NONE;
  }
}
