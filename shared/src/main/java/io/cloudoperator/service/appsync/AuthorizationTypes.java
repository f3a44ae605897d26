package io.cloudoperator.service.appsync;

import io.cloudoperator.inventory.Authorization;
import java.util.List;

/**
 * The authorization types of AppSync.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html">authorization
 *     in AppSync</a>
 */
final class AuthorizationTypes {
  private AuthorizationTypes() {}

  /**
   * What a caller must show at least, who chooses among these. One that is not known may be weaker
   * than those that are.
   *
   * @param types as AWS names them, the default one first
   */
  static Authorization weakest(List<String> types) {
    List<Authorization> all = types.stream().map(AuthorizationTypes::of).toList();
    if (all.contains(Authorization.API_KEY_ONLY)) {
      return Authorization.API_KEY_ONLY;
    }
    return all.isEmpty() || all.contains(Authorization.UNKNOWN)
        ? Authorization.UNKNOWN
        : all.getFirst();
  }

  private static Authorization of(String type) {
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
