package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.Regional;

/** A usage plan of API Gateway. */
public record UsagePlanFacts(String region, String id, String name) implements Regional {}
