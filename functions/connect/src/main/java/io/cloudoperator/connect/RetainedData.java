package io.cloudoperator.connect;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.receipt.Remainder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a deletion leaves, and until when.
 *
 * @param logRetention how long the operator's log groups keep what is logged
 */
record RetainedData(Duration logRetention) {
  /** How long the credentials of an assumed role live; nothing of ours can end them earlier. */
  private static final Duration LONGEST_SESSION = Duration.ofMinutes(15);

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
  private static final Duration STREAM_RETENTION = Duration.ofDays(1);

  // "It typically takes up to 72 hours before log events are deleted":
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
  private static final Duration LOGS_EXPIRED = Duration.ofDays(3);

  static Remainder results(ConnectionId id) {
    return new Remainder(
        "results", Optional.empty(), "kept until DELETE /connections/" + id + "/data");
  }

  static Remainder connection(ConnectionId id) {
    return new Remainder(
        "connection",
        Optional.empty(),
        "stays connected, and can be scanned again, until DELETE /connections/" + id);
  }

  /** Of a scan that began before the deletion. */
  static Remainder session(Instant deletedAt) {
    return new Remainder(
        "credentials of a scan in flight",
        Optional.of(deletedAt.plus(LONGEST_SESSION)),
        "in memory only, and what they still read is not kept; delete the role to end them now");
  }

  static Remainder stream(Instant deletedAt) {
    return new Remainder(
        "keys in the table's stream",
        Optional.of(deletedAt.plus(STREAM_RETENTION)),
        "the ids of tenant, connection and scan, without any result; DynamoDB drops them");
  }

  /** A scan in flight may log until its session ends. */
  Remainder logs(Instant deletedAt) {
    return new Remainder(
        "logs",
        Optional.of(deletedAt.plus(LONGEST_SESSION).plus(logRetention).plus(LOGS_EXPIRED)),
        "ids, times and counts, without ARN and External ID; they expire after %d days, and are"
                .formatted(logRetention.toDays())
            + " deleted within some 72 hours then");
  }
}
