package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.receipt.Remainder;
import io.cloudoperator.receipt.ServiceRetention;
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

  // "TTL typically deletes expired items within a few days":
  // https://repost.aws/knowledge-center/dynamodb-expired-ttl-not-deleted
  private static final String SWEPT =
      "from then on nothing reads it, and DynamoDB deletes it, as a rule within a few days";

  private static final String CONNECTIONS_TABLE = "DynamoDB, the operator's table of connections";
  private static final String THE_ACCOUNT = "the AWS account that was connected, or was to be";

  /** What stays until somebody deletes it. */
  private static final List<Remainder> LASTING =
      List.of(
          always(
              "trails of the operator",
              "S3 or CloudTrail Lake, where the operator has set one up",
              "The same events, and of DynamoDB the keys if its data events are recorded, for as"
                  + " long as the operator keeps them"),
          always(
              "CloudTrail of the account",
              THE_ACCOUNT,
              "Each call of ours there, if any was made, AssumeRole with its External ID among"
                  + " them: 90 days in its event history, in a trail for as long as its owner keeps"
                  + " it"),
          always(
              "events about connections",
              "wherever the operator's own rules have sent them",
              "That it was revoked, quarantined, restored or tampered with, if it ever was: ids of"
                  + " tenant and connection, and the AWS account. The bus itself keeps none"),
          always(
              "copies of the tables",
              "DynamoDB, in the operator's account",
              "The stack makes no backup and has no point-in-time recovery. If an update of it ever"
                  + " replaced a table, the old one is retained with all that it held, sealed role"
                  + " references too, until the operator deletes it; so is a backup made by hand"));

  /**
   * What there is after a deletion.
   *
   * @param left the connection, if its record is still there
   * @param at by when all was deleted
   */
  List<Remainder> after(Scope scope, Optional<Connection> left, Instant at) {
    boolean disconnect = scope.kind() == Kind.DISCONNECT;
    List<Remainder> all = new ArrayList<>();
    left.map(disconnect ? RetainedData::disconnected : RetainedData::connection)
        .ifPresent(all::addAll);
    all.add(receipt(disconnect && left.isPresent(), at));
    if (left.isEmpty() || disconnect) {
      all.add(
          always(
              "the role",
              THE_ACCOUNT,
              "If it was made, until its owner deletes it: the operator's tables name it no more"));
    }
    if (scope.kind() == Kind.TENANT_PURGE) {
      all.add(
          always(
              "the tenant's login",
              "the operator's identity provider",
              "Who may call the API as this tenant, until the operator deletes that"));
    }
    all.addAll(fading(at.plus(SESSION).plus(LONGEST_INVOCATION)));
    all.addAll(LASTING);
    return all;
  }

  private static List<Remainder> disconnected(Connection connection) {
    String until = "until DELETE /connections/" + connection.id() + "/data";
    return List.of(
        always(
            "results",
            "DynamoDB, the operator's table of scans",
            "What scans and verifications have stored, if anything: snapshots, runs, calls,"
                + " inventories of APIs, and the declared catalogue; "
                + until),
        always(
            "the connection's record",
            CONNECTIONS_TABLE,
            "Its id, name, tier, AWS account, proof and times, without role ARN and External ID; "
                + until));
  }

  private static List<Remainder> connection(Connection connection) {
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
              "It stays %s, with its sealed role reference, schedule and proof, %s%s; what scans and"
                      .formatted(
                          Choice.word(connection.status()),
                          until,
                          connection
                              .lapsesAt()
                              .map(end -> " or, unless its role is proven, until " + end)
                              .orElse(""))
                  + " verifications store from now on is stored anew";
          case DISCONNECTED ->
              "It was disconnected meanwhile; its record stays, without role ARN and External ID, "
                  + until
                  + "/data";
        };
    return List.of(always("the connection", CONNECTIONS_TABLE, stays));
  }

  private static Remainder receipt(boolean withRecord, Instant at) {
    return always(
        "this receipt",
        CONNECTIONS_TABLE,
        "Its text, so that a repeated request has the same answer, until "
            + (withRecord
                ? "24 hours after the connection's record is deleted"
                : at.plus(Deletion.KEPT_FOR))
            + ": "
            + SWEPT
            + ". Receipts of earlier deletions likewise, or sooner");
  }

  /** What goes by itself, once nothing is under way any more. */
  private List<Remainder> fading(Instant idle) {
    Instant logged = idle.plus(logRetention).plus(ServiceRetention.LOGS_EXPIRED);
    String expire =
        "A line expires after %d days, and is deleted within some 72 hours then"
            .formatted(logRetention.toDays());
    return List.of(
        until(
            idle,
            "a session that was open",
            "memory of the operator's functions",
            "Of a scan or a verification that was under way, if there was one: its credentials, and"
                + " the role reference that it had opened; what a scan still finds is not kept. To"
                + " end the session now, delete the role"),
        until(
            idle.plus(ServiceRetention.STREAM),
            "keys in the stream",
            "DynamoDB, the stream of the table of scans",
            "Ids of tenant, connection and scans, names of regions, hashes of idempotency keys; no"
                + " result. Where a batch of them could not be worked off, its position in the"
                + " stream lies in an SQS queue for %d days, without keys"
                    .formatted(ServiceRetention.DEAD_LETTERS.toDays())),
        until(
            logged,
            "logs of functions and of the state machine",
            "CloudWatch Logs, /cloudoperator/… and /aws/vendedlogs/states/…",
            "Ids of tenant, connection and scans, regions, routes, times, codes and failures,"
                + " without role ARN and External ID. "
                + expire
                + "; later requests are logged anew"),
        until(
            logged,
            "access log of the API",
            "CloudWatch Logs, /aws/vendedlogs/apigateway/…",
            "Of each request the caller's address, the subject of its token, route, status and"
                + " times; no id of a connection. "
                + expire),
        until(
            idle.plus(ServiceRetention.TRACES),
            "traces",
            "AWS X-Ray",
            "Which functions and steps ran, when and how long, and the ids of scans as names of"
                + " executions"),
        until(
            idle.plus(ServiceRetention.METRICS),
            "metrics",
            "CloudWatch",
            "Sums over all tenants, without an id; nobody can delete them before"),
        until(
            idle.plus(ServiceRetention.EVENT_HISTORY),
            "event history of the operator's account",
            "AWS CloudTrail",
            "Each AssumeRole that was tried, with role ARN and External ID in the clear; each use"
                + " of the key of role references, with the ids of tenant and connection; each"
                + " start of a scan. Nobody can delete them before"));
  }

  private static Remainder until(Instant until, String what, String where, String how) {
    return new Remainder(what, Optional.of(where), Optional.of(until), how);
  }

  private static Remainder always(String what, String where, String how) {
    return new Remainder(what, Optional.of(where), Optional.empty(), how);
  }
}
