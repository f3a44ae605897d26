package io.cloudoperator.platform.template;

import io.cloudoperator.cloudformation.TemplateNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the properties of an HTTP API. */
final class HttpApiProperties {
  private static final Set<String> PROPERTIES =
      Set.of(
          "Auth",
          // What follows changes nothing that a client could see on a laptop.
          "AccessLogSettings",
          "DefaultRouteSettings");

  private static final String BEARER = "$request.header.Authorization";

  private HttpApiProperties() {}

  static void check(TemplateNode properties) {
    if (properties.absent()) {
      return;
    }
    properties.only(PROPERTIES);
    authorizers(properties.at("Auth"));
  }

  static Map<String, JwtAuthorizer> authorizers(TemplateNode auth) {
    Map<String, JwtAuthorizer> authorizers = new LinkedHashMap<>();
    if (auth.absent()) {
      return authorizers;
    }
    auth.only(Set.of("DefaultAuthorizer", "Authorizers"));
    for (TemplateNode.Entry entry : auth.at("Authorizers").entries()) {
      TemplateNode authorizer =
          entry.value().only(Set.of("AuthorizationScopes", "IdentitySource", "JwtConfiguration"));
      TemplateNode source = authorizer.at("IdentitySource");
      if (!source.optionalText().orElse(BEARER).equalsIgnoreCase(BEARER)) {
        throw source.refuse("only " + BEARER + " is known here");
      }
      TemplateNode jwt = authorizer.need("JwtConfiguration").only(Set.of("issuer", "audience"));
      Set<String> audiences = new HashSet<>();
      jwt.need("audience").items().forEach(item -> audiences.add(item.text()));
      authorizers.put(
          entry.name(), new JwtAuthorizer(entry.name(), jwt.need("issuer").text(), audiences));
    }
    return authorizers;
  }
}
