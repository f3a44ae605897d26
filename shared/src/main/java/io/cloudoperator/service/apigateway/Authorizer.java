package io.cloudoperator.service.apigateway;

import java.util.Optional;

/**
 * An authorizer of an API.
 *
 * @param type as AWS names it: TOKEN, REQUEST, COGNITO_USER_POOLS, JWT, or one that is not known
 *     yet
 * @param issuer of the tokens that a JWT authorizer takes
 */
public record Authorizer(String id, String name, String type, Optional<String> issuer) {}
