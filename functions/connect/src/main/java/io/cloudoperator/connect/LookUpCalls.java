package io.cloudoperator.connect;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.call.Call;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.reconcile.Findings;
import io.cloudoperator.reconcile.LedgerDocument;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.reconcile.Reconciliation;
import io.cloudoperator.runtime.view.LedgerDocuments;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.cloudtrail.EventHistoryRequest;
import io.cloudoperator.session.AccountSessions;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.SessionResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds the ledger of a scan against what CloudTrail itself says of it, on request. */
final class LookUpCalls {
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
  static final Duration HISTORY = Duration.ofDays(90);

  /** How far the clocks of a call and of its event may be apart. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  /**
   * For how long after the last call of a scan something else may have been done in its session.
   */
  private static final Duration REST_OF_A_SESSION = Duration.ofMinutes(20);

  private final ConnectionEditor connections;
  private final RoleReferences references;
  private final VerificationRecorder verifications;
  private final LedgerStore ledgers;
  private final AccountId brokerAccount;
  private final Patience patience;
  private final InstantSource clock;

  /**
   * How long a request may take. API Gateway gives up on us after 30 seconds, Lambda after 29.
   *
   * @param asking after which no further page is asked for
   * @param answering after which those that are under way are broken off
   */
  record Patience(Duration asking, Duration answering) {
    static final Patience OF_A_REQUEST =
        new Patience(Duration.ofSeconds(22), Duration.ofSeconds(24));
  }

  LookUpCalls(
      ConnectionEditor connections,
      RoleReferences references,
      VerificationRecorder verifications,
      LedgerStore ledgers,
      AccountId brokerAccount,
      Patience patience,
      InstantSource clock) {
    this.connections = connections;
    this.references = references;
    this.verifications = verifications;
    this.ledgers = ledgers;
    this.brokerAccount = brokerAccount;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * What ledger and CloudTrail say of each other.
   *
   * @param scan that is looked up; the newest that has ended, unless given
   * @throws ProblemException 409 if the connection's tier or state does not allow it, or there is
   *     nothing to be looked up; 404 if there is no ledger of that scan; 422 if the role cannot be
   *     assumed
   */
  Findings lookUp(TenantId tenant, ConnectionId id, Optional<ScanId> scan) {
    Instant begun = clock.instant();
    Connection connection = active(connections.read(tenant, id));
    List<Ledger> kept = ledgers.ledgers(tenant, id).ledgers();
    Ledger ledger = ledger(kept, scan);
    if (ledger.begunAt().isBefore(begun.minus(HISTORY))) {
      throw new ProblemException(
          ProblemCode.EVENTS_EXPIRED,
          "This scan is older than the 90 days of CloudTrail's event history. POST the files of"
              + " your own trail to /connections/"
              + id
              + "/calls/reconcile.");
    }
    RoleReference reference = references.open(connection, connection.reference().orElseThrow());
    RoleArn role = reference.roleArn().orElseThrow(() -> ProofProblems.roleMissing(connection));
    LedgerDocument document =
        LedgerDocuments.of(connection, brokerAccount, begun, kept, Optional.empty());
    return verifications.ask(
        connection,
        (name, roles) -> {
          SessionResult result =
              new AccountSessions(roles)
                  .open(
                      role,
                      reference.externalId(),
                      connection.account().orElseThrow(),
                      name.value(),
                      connection.tier(),
                      SessionPhase.VERIFY);
          RoleSession session = ProofProblems.requireOpened(connection, result);
          return Reconciliation.of(
              document, ledger.session(), name, lookups(session, ledger, role, begun), begun);
        });
  }

  private static Connection active(Connection connection) {
    if (connection.tier() != Tier.AUDIT) {
      throw new ProblemException(
          ProblemCode.TIER_WITHOUT_LOOKUP,
          "This connection is of the minimal tier, which cannot look up CloudTrail's events. POST"
              + " them to /connections/"
              + connection.id()
              + "/calls/reconcile, or create another connection with \"tier\": \"audit\".");
    }
    ConnectionEditor.refuseDisconnected(connection);
    if (connection.status() != ConnectionStatus.ACTIVE) {
      throw new ProblemException(
          ProblemCode.CONNECTION_NOT_ACTIVE,
          "Its role is not proven, or not any more: POST /connections/"
              + connection.id()
              + "/verify first.");
    }
    return connection;
  }

  private static Ledger ledger(List<Ledger> kept, Optional<ScanId> scan) {
    Stream<Ledger> ofScans = kept.stream().filter(each -> each.kind() == Ledger.Kind.SCAN);
    return scan.map(id ->
            ofScans
                .filter(each -> each.session().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.notFound("ledger of that scan"))))
        .orElseGet(() ->
            ofScans
                .findFirst()
                .orElseThrow(() ->
                    new ProblemException(
                        ProblemCode.NO_SCAN, "No scan of this connection has ended yet.")));
  }

  private List<Lookup> lookups(RoleSession session, Ledger ledger, RoleArn role, Instant begun) {
    SortedSet<RegionName> assumedIn = new TreeSet<>();
    SortedSet<RegionName> regions = new TreeSet<>();
    Instant last = ledger.begunAt();
    for (Call call : ledger.calls()) {
      RegionName region = new RegionName(Partitions.recordedIn(call.service(), call.region()));
      regions.add(region);
      if (call.service().equals("sts") && call.operation().equals("AssumeRole")) {
        assumedIn.add(region);
      }
      last = Collections.max(List.of(last, call.at()));
    }
    Instant from = ledger.begunAt().minus(CLOCKS);
    Instant to = Collections.min(List.of(begun, last.plus(REST_OF_A_SESSION)));
    List<EventHistoryRequest> questions =
        regions.stream()
            .map(region ->
                new EventHistoryRequest(
                    region,
                    ledger.session(),
                    assumedIn.contains(region) ? Optional.of(role) : Optional.empty(),
                    from,
                    to,
                    begun.plus(patience.asking())))
            .toList();
    Duration left = Duration.between(clock.instant(), begun.plus(patience.answering()));
    return ParallelMap.each(questions, question -> session.lookUp(question).outcome(), left);
  }
}
