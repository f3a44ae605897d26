package io.cloudoperator.platform.template;

import java.util.Set;

/**
 * A JWT authorizer of an HTTP API.
 *
 * @param issuer the {@code iss} that a token must have
 * @param audiences of which a token's {@code aud}, or else its {@code client_id}, must be one
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">
 *     JWT authorizers</a>
 */
public record JwtAuthorizer(String name, String issuer, Set<String> audiences) {
  public JwtAuthorizer {
    audiences = Set.copyOf(audiences);
  }
}
