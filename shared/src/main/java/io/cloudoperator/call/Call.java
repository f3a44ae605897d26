package io.cloudoperator.call;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One attempt to call AWS in a customer's account: a row of the ledger. Nothing in it is secret,
 * and nothing comes from what the account holds.
 *
 * @param at when it was sent, to the millisecond
 * @param region whose endpoint was asked
 * @param service such as {@code ec2}
 * @param operation such as {@code DescribeInstances}
 * @param requestId as AWS names it; empty where no answer came
 * @param status of HTTP; 0 where no answer came
 * @param errorCode AWS's; empty if it did not refuse
 * @param throttled whether AWS answered by throttling
 * @param retry whether it repeats the attempt before it
 */
public record Call(
    Instant at,
    String region,
    String service,
    String operation,
    String requestId,
    int status,
    String errorCode,
    boolean throttled,
    boolean retry) {
  public Call {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
