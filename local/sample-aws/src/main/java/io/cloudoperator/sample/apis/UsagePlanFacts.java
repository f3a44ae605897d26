package io.cloudoperator.sample.apis;

/** A usage plan of API Gateway. */
public record UsagePlanFacts(String region, String id, String name) implements Regional {}
