package io.cloudoperator.sample.apigateway;

import java.util.Optional;

/**
 * An authorizer of an API.
 *
 * @param type as AWS names it: TOKEN, REQUEST, COGNITO_USER_POOLS, JWT, or one that is not known
 *     yet
 * @param issuer of a JWT authorizer
 */
public record AuthorizerFacts(String id, String name, String type, Optional<String> issuer) {}
