package io.cloudoperator.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    String service, String operation, long calls, long retries, long throttled) {
  /** Counts calls by service and operation, in the order of their first. */
  public static List<CallCount> of(List<Call> calls) {
    Map<String, CallCount> counts = new LinkedHashMap<>();
    for (Call call : calls) {
      counts.merge(
          call.service() + ':' + call.operation(),
          new CallCount(
              call.service(), call.operation(), 1, call.retry() ? 1 : 0, call.throttled() ? 1 : 0),
          CallCount::plus);
    }
    return List.copyOf(counts.values());
  }

  /** The sum of two of the same operation. */
  CallCount plus(CallCount other) {
    return new CallCount(
        service,
        operation,
        calls + other.calls,
        retries + other.retries,
        throttled + other.throttled);
  }
}
