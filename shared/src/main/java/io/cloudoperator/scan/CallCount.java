package io.cloudoperator.scan;

/**
 * How often an operation was called in a customer's account.
 *
 * @param service such as {@code ec2}
 * @param operation such as {@code DescribeInstances}
 * @param calls attempts that were sent, retries included: each is one event in CloudTrail
 * @param retries how many of them repeated an earlier one
 * @param throttled how many of them AWS answered by throttling
 */
public record CallCount(
    String service, String operation, long calls, long retries, long throttled) {}
