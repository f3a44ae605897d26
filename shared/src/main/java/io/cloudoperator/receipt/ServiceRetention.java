package io.cloudoperator.receipt;

import java.time.Duration;

/**
 * How long services of AWS in the operator's account keep what they record of a connection, which
 * nobody can shorten but where it says so.
 */
public final class ServiceRetention {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
  public static final Duration STREAM = Duration.ofDays(1);

  /** Of the queue of what was given up; template.yaml sets it. */
  public static final Duration DEAD_LETTERS = Duration.ofDays(14);

  // "It typically takes up to 72 hours before log events are deleted":
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
  public static final Duration LOGS_EXPIRED = Duration.ofDays(3);

  // "Trace data is retained for 30 days from the time it is recorded":
  // https://aws.amazon.com/xray/pricing/
  public static final Duration TRACES = Duration.ofDays(30);

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
  public static final Duration METRICS = Duration.ofDays(455);

  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
  public static final Duration EVENT_HISTORY = Duration.ofDays(90);

  private ServiceRetention() {}
}
