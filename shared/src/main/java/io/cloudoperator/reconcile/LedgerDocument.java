package io.cloudoperator.reconcile;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledgers of a connection as they are published: what {@code GET /connections/{id}/calls}
 * answers, and what a customer saves to a file. {@link Json} writes it.
 *
 * @param account the customer's; absent while the connection is pending
 * @param brokerAccount whose roles assume the customer's
 * @param asOf when it was read: of calls after this, it knows nothing
 * @param sessionPolicy that each of our sessions is limited by, as {@code GET /permissions}
 *     publishes it
 * @param verifySessionPolicy that the sessions of the phase that verifies are limited by, with
 *     {@link #ROLE} for their role; absent where there are none
 * @param sessions newest first; beside them the answer counts those that are {@code unreadable}
 * @param next where the next page begins; absent on the last
 */
@JsonIgnoreProperties("unreadable")
public record LedgerDocument(
    ConnectionId connection,
    Optional<AccountId> account,
    Tier tier,
    AccountId brokerAccount,
    Instant asOf,
    JsonNode sessionPolicy,
    Optional<JsonNode> verifySessionPolicy,
    List<Ledger> sessions,
    Optional<String> next) {
  /** In a policy that is published, for the ARN of whichever role is assumed. */
  static final String ROLE = "ROLE_ARN";

  public LedgerDocument {
    verifySessionPolicy = verifySessionPolicy.filter(policy -> !policy.isNull());
    sessions = List.copyOf(sessions);
  }

  /** A session may begin on one page and go on on the next, and stand in answers of two days. */
  static LedgerDocument merged(List<LedgerDocument> documents) {
    List<LedgerDocument> newestFirst =
        documents.stream()
            .sorted(
                Comparator.comparing(LedgerDocument::asOf)
                    .reversed()
                    .thenComparing(document -> document.next().orElse("")))
            .toList();
    Map<ScanId, Ledger> sessions = new HashMap<>();
    newestFirst.forEach(document ->
        document
            .sessions()
            .forEach(
                ledger -> sessions.merge(ledger.session(), ledger, LedgerDocument::withCallsOf)));
    LedgerDocument newest = newestFirst.getFirst();
    boolean hasLastPage = newestFirst.stream().anyMatch(document -> document.next().isEmpty());
    return new LedgerDocument(
        newest.connection(),
        newestFirst.stream().map(LedgerDocument::account).flatMap(Optional::stream).findFirst(),
        newest.tier(),
        newest.brokerAccount(),
        newest.asOf(),
        newest.sessionPolicy(),
        newest.verifySessionPolicy(),
        sessions.values().stream()
            .sorted(Comparator.comparing(Ledger::begunAt).reversed())
            .toList(),
        hasLastPage ? Optional.empty() : newest.next());
  }

  /** What is in both counts once; what is in one twice counts twice. */
  private static Ledger withCallsOf(Ledger ledger, Ledger other) {
    Map<Call, Long> counts =
        ledger.calls().stream().collect(groupingBy(call -> call, HashMap::new, counting()));
    List<Call> calls = new ArrayList<>(ledger.calls());
    for (Call call : other.calls()) {
      if (counts.merge(call, -1L, Long::sum) < 0) {
        calls.add(call);
      }
    }
    calls.sort(Comparator.comparing(Call::at));
    return new Ledger(ledger.session(), ledger.kind(), ledger.begunAt(), calls);
  }
}
