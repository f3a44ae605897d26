package io.cloudoperator.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Authorizations as OpenAPI security schemes. */
final class SecuritySchemes {
  private static final String AUTHTYPE = "x-amazon-apigateway-authtype";
  private static final String AUTHORIZATION = "Authorization";

  private SecuritySchemes() {}

  /** The schemes that a route asks for, all of them at once, by their names. */
  static Map<String, Map<String, Object>> of(Api api, Route route) {
    Map<String, Map<String, Object>> schemes = new LinkedHashMap<>();
    switch (route.authorization()) {
      case NONE, API_KEY_ONLY, NOT_APPLICABLE -> {}
      case IAM -> schemes.put("iam", header(AUTHORIZATION, Optional.of("awsSigv4")));
      case JWT -> schemes.put(name("jwt", api, route), jwt(api));
      case LAMBDA ->
          schemes.put(name("lambda", api, route), header(AUTHORIZATION, Optional.of("custom")));
      case COGNITO ->
          schemes.put(
              name("cognito", api, route),
              header(AUTHORIZATION, Optional.of("cognito_user_pools")));
      case MUTUAL_TLS -> schemes.put("mutual_tls", Map.of("type", "mutualTLS"));
      case UNKNOWN -> schemes.put("unknown", header(AUTHORIZATION, Optional.empty()));
    }
    if (route.apiKeyRequired()) {
      schemes.put("api_key", header("x-api-key", Optional.empty()));
    }
    return schemes;
  }

  /** An authorizer's name says something in its API alone. */
  private static String name(String kind, Api api, Route route) {
    String local = kind + "." + api.id() + route.authorizer().map(name -> "." + name).orElse("");
    // https://spec.openapis.org/oas/v3.1.0.html#fixed-fields-5
    return local.replaceAll("[^a-zA-Z0-9._-]", "_");
  }

  private static Map<String, Object> jwt(Api api) {
    Map<String, Object> scheme = new LinkedHashMap<>();
    if (api.issuers().size() == 1) {
      String issuer = api.issuers().getFirst();
      scheme.put("type", "openIdConnect");
      scheme.put(
          "openIdConnectUrl",
          issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration");
    } else {
      scheme.put("type", "http");
      scheme.put("scheme", "bearer");
      scheme.put("bearerFormat", "JWT");
    }
    return scheme;
  }

  private static Map<String, Object> header(String name, Optional<String> authtype) {
    Map<String, Object> scheme = new LinkedHashMap<>();
    scheme.put("type", "apiKey");
    scheme.put("name", name);
    scheme.put("in", "header");
    authtype.ifPresent(type -> scheme.put(AUTHTYPE, type));
    return scheme;
  }
}
