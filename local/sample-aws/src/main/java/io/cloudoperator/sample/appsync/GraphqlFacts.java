package io.cloudoperator.sample.appsync;

import io.cloudoperator.sample.data.Regional;
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

  @Override
  public int apis() {
    return 1;
  }

  public String host() {
    return "%s.appsync-api.%s.amazonaws.com".formatted(id, region);
  }
}
