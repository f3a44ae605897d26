package io.cloudoperator.reconcile;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sessions of a ledger, and whether an event belongs to one of them, to the broker or to the
 * account.
 */
final class LedgerSessions {
  /** From the making of a session's id until its last call, and as long for clocks that differ. */
  private static final Duration LONGEST_SESSION = Duration.ofMinutes(25);

  private static final Duration CLOCKS = Duration.ofMinutes(5);
  private static final Duration UNDER_WAY = Duration.ofMinutes(15);

  private final LedgerDocument ledger;
  private final Set<String> notCompared;
  private final Map<String, Ledger> compared = new HashMap<>();

  /** Whether a ledger that was read at its time can have a session. */
  enum Keeping {
    /** Older than those that the ledger still has. */
    NO_LONGER_KEPT,
    /** It began when the ledger was read, or after. */
    NOT_YET_IN_LEDGER,
    /** It should be there; also if nothing is known of its beginning. */
    KEPT
  }

  /**
   * The sessions of a ledger.
   *
   * @param notCompared those that are known and not compared
   */
  LedgerSessions(LedgerDocument ledger, Set<ScanId> notCompared) {
    this.ledger = ledger;
    this.notCompared =
        notCompared.stream().map(ScanId::value).collect(Collectors.toUnmodifiableSet());
    ledger.sessions().stream()
        .filter(session -> !notCompared.contains(session.session()))
        .forEach(session -> compared.put(session.session().value(), session));
  }

  /** Those that are compared. */
  Iterable<Ledger> compared() {
    return compared.values();
  }

  int size() {
    return compared.size();
  }

  /** Whether a session of this name is compared. */
  boolean has(String session) {
    return compared.containsKey(session);
  }

  /** Whether the call of the event was made in a session that is compared. */
  boolean made(Event event) {
    return isAccount(event.roleAccount()) && has(event.session());
  }

  /** Whether it is of a session that is known and not compared. */
  boolean isOfAnother(Event event) {
    return notCompared.contains(event.assume().map(Event.Assume::session).orElse(event.session()));
  }

  boolean inAccount(Event event) {
    return event.recipient().isEmpty() || isAccount(event.recipient());
  }

  boolean isAccount(String account) {
    return !account.isEmpty()
        && ledger.account().map(AccountId::value).map(account::equals).orElse(true);
  }

  boolean byBroker(Event event) {
    return event.caller().equals(ledger.brokerAccount().value());
  }

  boolean brokerIsCustomer() {
    return ledger.account().map(ledger.brokerAccount()::equals).orElse(false);
  }

  /**
   * Whether CloudTrail records such a call in the customer's account for certain. A refused
   * AssumeRole from another account is in the caller's trail alone.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html">Logging
   *     IAM and AWS STS API calls</a>
   */
  boolean isRecorded(Call call) {
    boolean refusedElsewhere = isAssumeRole(call) && call.status() >= 400 && !brokerIsCustomer();
    return call.status() != 0 && !refusedElsewhere;
  }

  static boolean isAssumeRole(Call call) {
    return call.service().equals("sts") && call.operation().equals("AssumeRole");
  }

  /**
   * Whether the ledger can have a session that it does not have.
   *
   * @param at the time of an event of it
   */
  Keeping keeping(String session, Instant at) {
    Optional<Instant> begun = begun(session, at);
    if (begun.isPresent() && begun.get().isBefore(oldestKept())) {
      return Keeping.NO_LONGER_KEPT;
    }
    return begun.isPresent() && !begun.get().isBefore(ledger.asOf().minus(UNDER_WAY))
        ? Keeping.NOT_YET_IN_LEDGER
        : Keeping.KEPT;
  }

  /**
   * When a session of ours began, by its id; empty if it is none of our making, or if the event is
   * not of that time: an old id is no excuse for a new call.
   */
  private static Optional<Instant> begun(String session, Instant at) {
    try {
      Instant begun =
          Instant.ofEpochMilli(
              Long.parseLong(new ScanId(session).value().replace("-", "").substring(0, 12), 16));
      return at.isBefore(begun.minus(CLOCKS)) || at.isAfter(begun.plus(LONGEST_SESSION))
          ? Optional.empty()
          : Optional.of(begun);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Before this, sessions were displaced by newer ones of their kind, or the ledger begins. */
  private Instant oldestKept() {
    Instant oldest =
        ledger.sessions().stream()
            .map(Ledger::begunAt)
            .min(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    for (Ledger.Kind kind : Ledger.Kind.values()) {
      List<Instant> ofKind =
          ledger.sessions().stream()
              .filter(session -> session.kind() == kind)
              .map(Ledger::begunAt)
              .sorted()
              .toList();
      if (ofKind.size() >= Ledger.KEPT && ofKind.getFirst().isAfter(oldest)) {
        oldest = ofKind.getFirst();
      }
    }
    return oldest;
  }
}
