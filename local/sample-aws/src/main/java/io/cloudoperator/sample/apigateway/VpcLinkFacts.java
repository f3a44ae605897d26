package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.Regional;

/**
 * A VPC link.
 *
 * @param rest whether it is one of REST APIs, and not of HTTP APIs
 */
public record VpcLinkFacts(String region, String id, String name, boolean rest)
    implements Regional {}
