package io.cloudoperator.runtime;

import java.net.URI;

/**
 * Where people sign in to the console: a Cognito user pool with managed login.
 *
 * @param issuer of the access tokens
 * @param clientId of the console's app client, which has no secret
 * @param domain of the managed login
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html">
 *     Endpoints of managed login</a>
 */
public record SignIn(String issuer, String clientId, URI domain) {}
