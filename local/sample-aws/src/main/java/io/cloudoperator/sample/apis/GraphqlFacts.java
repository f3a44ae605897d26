package io.cloudoperator.sample.apis;

import java.util.List;
import java.util.Optional;

/**
 * A GraphQL API of AppSync.
 *
 * @param authentication as AWS names it, the default first
 */
public record GraphqlFacts(
    String region,
    String id,
    String name,
    List<String> authentication,
    boolean privateOnly,
    boolean logging,
    Optional<String> webAcl)
    implements Regional {

  public GraphqlFacts {
    authentication = List.copyOf(authentication);
  }

  public String host() {
    return "%s.appsync-api.%s.amazonaws.com".formatted(id, region);
  }
}
