package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.receipt.Remainder;
import io.cloudoperator.runtime.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a deletion leaves, where, and until when: all that there can be of it in the operator's
 * account and in the customer's, for a receipt says it of a life of which only the end is known.
 * {@code RetainedDataTest} holds it against template.yaml.
 *
 * @param logRetention how long the operator's log groups keep what is logged
 */
record RetainedData(Duration logRetention) {
  /** How long the credentials of an assumed role live; nothing of ours can end them earlier. */
  static final Duration SESSION = Duration.ofMinutes(15);

  /**
   * The longest time-out of a function that assumes roles: it may have read the reference before.
   */
  static final Duration LONGEST_INVOCATION = Duration.ofSeconds(255);

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
  private static final Duration STREAM = Duration.ofDays(1);

  /** Of the queue of what was given up. */
  static final Duration DEAD_LETTERS = Duration.ofDays(14);

  // "It typically takes up to 72 hours before log events are deleted":
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
  private static final Duration LOGS_EXPIRED = Duration.ofDays(3);

  // "Trace data is retained for 30 days from the time it is recorded":
  // https://aws.amazon.com/xray/pricing/
  private static final Duration TRACES = Duration.ofDays(30);

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
  private static final Duration METRICS = Duration.ofDays(455);

  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
  private static final Duration EVENT_HISTORY = Duration.ofDays(90);

  // "TTL typically deletes expired items within a few days":
  // https://repost.aws/knowledge-center/dynamodb-expired-ttl-not-deleted
  private static final String SWEPT =
      "from then on nothing reads it, and DynamoDB deletes it, as a rule within a few days";

  private static final String CONNECTIONS_TABLE = "DynamoDB, the operator's table of connections";
  private static final String THE_ACCOUNT = "the AWS account that was connected, or was to be";

  /**
   * What there is after a deletion.
   *
   * @param left the connection, if its record is still there
   * @param at by when all was deleted
   */
  List<Remainder> after(Scope scope, Optional<Connection> left, Instant at) {
    Instant idle = at.plus(SESSION).plus(LONGEST_INVOCATION);
    List<Remainder> all = new ArrayList<>();
    if (scope.kind() == Kind.DISCONNECT) {
      left.ifPresent(connection -> addDisconnected(all, connection));
    } else {
      left.map(RetainedData::connection).ifPresent(all::add);
    }
    all.add(receipt(scope, left, at));
    all.add(session(idle));
    if (left.isEmpty() || scope.kind() == Kind.DISCONNECT) {
      all.add(role());
    }
    if (scope.kind() == Kind.TENANT_PURGE) {
      all.add(login());
    }
    all.add(stream(idle));
    all.add(logs(idle));
    all.add(accessLog(idle));
    all.add(traces(idle));
    all.add(metrics(idle));
    all.add(eventHistory(idle));
    all.add(trails());
    all.add(trailOfTheAccount());
    all.add(events());
    all.add(copies());
    return all;
  }

  private static void addDisconnected(List<Remainder> all, Connection connection) {
    String until = "until DELETE /connections/" + connection.id() + "/data";
    all.add(
        forAsLong(
            "results",
            "DynamoDB, the operator's table of scans",
            "What scans and verifications have stored, if anything: snapshots, runs, calls,"
                + " inventories of APIs, and the declared catalogue; "
                + until));
    all.add(
        forAsLong(
            "the connection's record",
            CONNECTIONS_TABLE,
            "Its id, name, tier, AWS account, proof and times, without role ARN and External ID; "
                + until));
  }

  private static Remainder connection(Connection connection) {
    String until = "until DELETE /connections/" + connection.id();
    String stays =
        switch (connection.status()) {
          case PENDING ->
              "It stays pending, with its sealed External ID and the role ARN if it was given one, "
                  + until
                  + ", or until "
                  + connection.expiresAt().orElseThrow()
                  + " unless its role is proven: "
                  + SWEPT;
          case ACTIVE, REVOKED, QUARANTINED ->
              "It stays %s, with its sealed role reference, schedule and proof, %s; what scans and"
                      .formatted(Choice.word(connection.status()), until)
                  + " verifications store from now on is stored anew";
          case DISCONNECTED ->
              "It was disconnected meanwhile; its record stays, without role ARN and External ID, "
                  + until
                  + "/data";
        };
    return forAsLong("the connection", CONNECTIONS_TABLE, stays);
  }

  private static Remainder receipt(Scope scope, Optional<Connection> left, Instant at) {
    String until =
        scope.kind() == Kind.DISCONNECT && left.isPresent()
            ? "until 24 hours after the connection's record is deleted: "
            : "until " + at.plus(Deletion.KEPT_FOR) + ": ";
    return forAsLong(
        "this receipt",
        CONNECTIONS_TABLE,
        "Its text, so that a repeated request has the same answer, "
            + until
            + SWEPT
            + ". Receipts of earlier deletions likewise, or sooner");
  }

  private static Remainder session(Instant idle) {
    return until(
        idle,
        "a session that was open",
        "memory of the operator's functions",
        "Of a scan or a verification that was under way, if there was one: its credentials, and"
            + " the role reference that it had opened; what a scan still finds is not kept. To end"
            + " the session now, delete the role");
  }

  private static Remainder role() {
    return forAsLong(
        "the role",
        THE_ACCOUNT,
        "If it was made, until its owner deletes it: the operator's tables name it no more");
  }

  private static Remainder login() {
    return forAsLong(
        "the tenant's login",
        "the operator's identity provider",
        "Who may call the API as this tenant, until the operator deletes that");
  }

  private static Remainder stream(Instant idle) {
    return until(
        idle.plus(STREAM),
        "keys in the stream",
        "DynamoDB, the stream of the table of scans",
        "Ids of tenant, connection and scans, names of regions, hashes of idempotency keys; no"
            + " result. Where a batch of them could not be worked off, its position in the stream"
            + " lies in an SQS queue for %d days, without keys".formatted(DEAD_LETTERS.toDays()));
  }

  private Remainder logs(Instant idle) {
    return until(
        logged(idle),
        "logs of functions and of the state machine",
        "CloudWatch Logs, /cloudoperator/… and /aws/vendedlogs/states/…",
        "Ids of tenant, connection and scans, regions, routes, times, codes and failures, without"
            + " role ARN and External ID. "
            + expire()
            + "; later requests are logged anew");
  }

  private Remainder accessLog(Instant idle) {
    return until(
        logged(idle),
        "access log of the API",
        "CloudWatch Logs, /aws/vendedlogs/apigateway/…",
        "Of each request the caller's address, the subject of its token, route, status and times;"
            + " no id of a connection. "
            + expire());
  }

  private Instant logged(Instant idle) {
    return idle.plus(logRetention).plus(LOGS_EXPIRED);
  }

  private String expire() {
    return "A line expires after %d days, and is deleted within some 72 hours then"
        .formatted(logRetention.toDays());
  }

  private static Remainder traces(Instant idle) {
    return until(
        idle.plus(TRACES),
        "traces",
        "AWS X-Ray",
        "Which functions and steps ran, when and how long, and the ids of scans as names of"
            + " executions");
  }

  private static Remainder metrics(Instant idle) {
    return until(
        idle.plus(METRICS),
        "metrics",
        "CloudWatch",
        "Sums over all tenants, without an id; nobody can delete them before");
  }

  private static Remainder eventHistory(Instant idle) {
    return until(
        idle.plus(EVENT_HISTORY),
        "event history of the operator's account",
        "AWS CloudTrail",
        "Each AssumeRole that was tried, with role ARN and External ID in the clear; each use of"
            + " the key of role references, with the ids of tenant and connection; each start of a"
            + " scan. Nobody can delete them before");
  }

  private static Remainder trails() {
    return forAsLong(
        "trails of the operator",
        "S3 or CloudTrail Lake, where the operator has set one up",
        "The same events, and of DynamoDB the keys if its data events are recorded, for as long as"
            + " the operator keeps them");
  }

  private static Remainder trailOfTheAccount() {
    return forAsLong(
        "CloudTrail of the account",
        THE_ACCOUNT,
        "Each call of ours there, if any was made, AssumeRole with its External ID among them: 90"
            + " days in its event history, in a trail for as long as its owner keeps it");
  }

  private static Remainder events() {
    return forAsLong(
        "events about connections",
        "wherever the operator's own rules have sent them",
        "That it was revoked, quarantined, restored or tampered with, if it ever was: ids of tenant"
            + " and connection, and the AWS account. The bus itself keeps none");
  }

  private static Remainder copies() {
    return forAsLong(
        "copies of the tables",
        "DynamoDB, in the operator's account",
        "The stack makes no backup and has no point-in-time recovery. If an update of it ever"
            + " replaced a table, the old one is retained with all that it held, sealed role"
            + " references too, until the operator deletes it; so is a backup made by hand");
  }

  private static Remainder until(Instant until, String what, String where, String how) {
    return new Remainder(what, Optional.of(where), Optional.of(until), how);
  }

  private static Remainder forAsLong(String what, String where, String how) {
    return new Remainder(what, Optional.of(where), Optional.empty(), how);
  }
}
