package io.cloudoperator.service.apigateway;

/** A way from API Gateway into a VPC. */
public record VpcLink(String id, String name) {}
