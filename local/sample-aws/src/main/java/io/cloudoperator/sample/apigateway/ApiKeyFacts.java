package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.Regional;

/**
 * A key of API Gateway.
 *
 * @param value the secret, which nobody is to read
 */
public record ApiKeyFacts(String region, String id, String name, String value)
    implements Regional {}
