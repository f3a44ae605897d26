package io.cloudoperator.service.appsync;

import java.util.List;
import java.util.Optional;

/**
 * A GraphQL API of AppSync.
 *
 * @param authenticationTypes the default one first, as AWS names them: API_KEY, AWS_IAM,
 *     AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_LAMBDA, or ones that are not known yet
 * @param privateOnly whether it can be reached from VPCs alone
 * @param logging whether it logs to CloudWatch
 * @param webAcl the name of the WAF web ACL in front of it
 */
public record GraphqlApi(
    String id,
    String name,
    List<String> authenticationTypes,
    boolean privateOnly,
    boolean logging,
    Optional<String> webAcl,
    String host) {
  public GraphqlApi {
    authenticationTypes = List.copyOf(authenticationTypes);
  }
}
