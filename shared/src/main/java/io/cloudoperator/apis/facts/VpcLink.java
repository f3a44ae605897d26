package io.cloudoperator.apis.facts;

/** A way from API Gateway into a VPC. */
public record VpcLink(String id, String name) {}
