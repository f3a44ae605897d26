package io.cloudoperator.service.apigateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The authorizers of an API. */
final class Authorizers {
  private Authorizers() {}

  static Map<String, Authorizer> byId(List<Authorizer> authorizers) {
    Map<String, Authorizer> byId = new HashMap<>();
    authorizers.forEach(authorizer -> byId.put(authorizer.id(), authorizer));
    return byId;
  }

  /** The issuers whose tokens they take. */
  static List<String> issuers(List<Authorizer> authorizers) {
    return authorizers.stream()
        .flatMap(authorizer -> authorizer.issuer().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
