package io.cloudoperator.aws;

/**
 * A token bucket: how much of a quota of a customer's account we take in one region. What has the
 * same name shares it. docs/decisions/015 says what that leaves, and why.
 *
 * @param name such as {@code lambda}, or {@code ec2:DescribeInstances}
 * @param burst how many calls may be made at once
 */
public record RateLimit(String name, double perSecond, int burst) {}
