package io.cloudoperator.trail;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.scan.Call;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.trail.Findings.Theirs;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a ledger against CloudTrail's files. The files are read twice, one event at a time: first
 * for the roles that the broker assumes, then for what was done in their sessions. What is kept of
 * them does not grow with their size beyond fixed bounds.
 */
public final class Reconciliation {
  // CloudTrail delivers within about five minutes on average, and promises nothing; refused calls
  // were seen to take 85 minutes.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
  static final Duration SETTLED = Duration.ofHours(2);

  /** From the making of a session's id until its last call, and as long for clocks that differ. */
  private static final Duration LONGEST_SESSION = Duration.ofMinutes(25);

  private static final Duration CLOCKS = Duration.ofMinutes(5);
  private static final Duration UNDER_WAY = Duration.ofMinutes(15);

  private static final int MOST_ROLES = 10_000;

  // ListFunctions20150331, ListDistributions2020_05_31, GetFunction20150331v2
  private static final Pattern VERSION = Pattern.compile("(?<=\\D)\\d{4}_?\\d{2}_?\\d{2}(v\\d+)?$");

  private final LedgerDocument ledger;
  private final Instant asOf;
  private final List<Lookup.Gap> gaps;
  private final List<SkippedFile> skipped;
  private final Set<String> gapRegions;
  private final Set<String> others;
  private final Map<String, Ledger> sessions = new HashMap<>();
  private final Map<Key, Candidates> rows = new HashMap<>();
  private final Set<String> roles = new HashSet<>();
  private final Seen foreignSessions = new Seen();

  private final Seen seen = new Seen();
  private final Set<String> regionsSeen = new HashSet<>();
  private final Map<Theirs.Why, Long> unknown = new HashMap<>();
  private final Earliest<Theirs> unknownListed =
      new Earliest<>(
          Findings.LISTED, Comparator.comparing(Theirs::time).thenComparing(Theirs::eventId));
  private final SessionPolicies policies;
  private long duplicates;
  private long noLongerKept;
  private long notYet;
  private @Nullable Instant from;
  private @Nullable Instant to;

  /** What must be the same of a call and its event, but for their times. */
  private record Key(String session, String source, String operation, String region) {}

  private Reconciliation(
      LedgerDocument ledger,
      Set<ScanId> others,
      List<Lookup.Gap> gaps,
      List<SkippedFile> skipped,
      Instant asOf) {
    this.ledger = ledger;
    this.skipped = skipped;
    this.asOf = asOf;
    this.policies = new SessionPolicies(ledger);
    this.gaps = List.copyOf(gaps);
    this.gapRegions =
        gaps.stream().map(gap -> gap.region().value()).collect(Collectors.toUnmodifiableSet());
    this.others = others.stream().map(ScanId::value).collect(Collectors.toUnmodifiableSet());
    for (Ledger session : ledger.sessions()) {
      if (others.contains(session.session())) {
        continue;
      }
      sessions.put(session.session().value(), session);
      for (Call call : session.calls()) {
        rows.computeIfAbsent(key(session, call), _ -> new Candidates())
            .add(new Join.Ours(session, call));
      }
    }
  }

  /**
   * Compares.
   *
   * @param asOf up to when CloudTrail had time to deliver
   * @throws TrailTooLargeException if the files are larger than the limits
   * @throws TrailException if none of them has CloudTrail's events, or one has changed since
   */
  public static Findings of(LedgerDocument ledger, InputFiles files, Instant asOf, Limits limits)
      throws TrailException {
    if (files.trail().isEmpty()) {
      throw new TrailException(
          files.skipped().isEmpty()
              ? "there is no file of CloudTrail's to hold the ledger against"
              : SkippedFile.sentence(files.skipped()));
    }
    Reconciliation reconciliation =
        new Reconciliation(ledger, Set.of(), List.of(), files.skipped(), asOf);
    read(files.trail(), limits, reconciliation::learn);
    TrailFiles.Tally tally = read(files.trail(), limits, reconciliation::take);
    tally.digests = files.digests();
    tally.insights += files.insights();
    return reconciliation.findings(tally);
  }

  private static TrailFiles.Tally read(
      List<TrailSource> files, Limits limits, Consumer<Event> events) throws TrailException {
    TrailFiles.Tally tally = new TrailFiles.Tally();
    for (TrailSource file : files) {
      TrailFiles.read(file, limits.mostBytes() - tally.bytes, events, _ -> {}, tally);
    }
    return tally;
  }

  /**
   * Compares one session with what was looked up of it.
   *
   * @param ledger of all sessions that are kept: what is known is no stranger
   * @param session that was looked up
   * @param underWay the session that looked them up, which no ledger has yet
   * @param asOf up to when CloudTrail had time to deliver
   */
  public static Findings of(
      LedgerDocument ledger, ScanId session, ScanId underWay, List<Lookup> lookups, Instant asOf) {
    Set<ScanId> others =
        Stream.concat(ledger.sessions().stream().map(Ledger::session), Stream.of(underWay))
            .filter(known -> !known.equals(session))
            .collect(Collectors.toSet());
    Reconciliation reconciliation =
        new Reconciliation(
            ledger,
            others,
            lookups.stream().flatMap(each -> each.gap().stream()).toList(),
            List.of(),
            asOf);
    TrailEvents all = TrailEvents.of(lookups.stream().map(Lookup::events).toList());
    all.events().forEach(reconciliation::learn);
    all.events().forEach(reconciliation::take);
    TrailFiles.Tally tally = new TrailFiles.Tally();
    tally.files = lookups.size();
    tally.events = all.events().size();
    tally.unreadable = all.unreadable();
    tally.insights = all.insights();
    return reconciliation.findings(tally);
  }

  private static Key key(Ledger session, Call call) {
    return new Key(
        session.session().value(), call.service(), call.operation(), Recorded.name(call));
  }

  // First pass

  private void learn(Event event) {
    if (!inAccount(event)) {
      return;
    }
    if (ours(event) && roles.size() < MOST_ROLES) {
      roles.add(event.role());
    }
    event
        .assume()
        .filter(assume -> isAccount(assume.account()))
        .ifPresent(assume -> {
          if (byBroker(event)) {
            boolean certain = sessions.containsKey(assume.session()) || !brokerIsCustomer();
            if (certain && roles.size() < MOST_ROLES) {
              roles.add(assume.role());
            }
          } else if (!event.caller().isEmpty()) {
            foreignSessions.add(assume.role() + "/" + assume.session());
          }
        });
  }

  // Second pass

  private void take(Event event) {
    if (!inAccount(event) || ofAnother(event)) {
      return;
    }
    regionsSeen.add(event.region());
    from = from == null || event.time().isBefore(from) ? event.time() : from;
    to = to == null || event.time().isAfter(to) ? event.time() : to;
    if (event.assume().isPresent() && !ours(event)) {
      assumed(event, event.assume().get());
    } else if (ours(event)) {
      if (isNew(event)) {
        // A session of ours that assumes a role itself does what none of our rows ever is.
        if (event.assume().isPresent()) {
          unknown(theirs(event, Theirs.Why.UNKNOWN_CALL, event.session()));
        } else {
          call(event, event.session());
        }
      }
    } else if (isAccount(event.roleAccount())
        && roles.contains(event.role())
        && !foreignSessions.contains(event.role() + "/" + event.session())) {
      stranger(event, event.session());
    }
  }

  private void assumed(Event event, Event.Assume assume) {
    if (!isAccount(assume.account())) {
      return;
    }
    if (sessions.containsKey(assume.session())) {
      if (isNew(event)) {
        if (byBroker(event)) {
          policies.judge(event, assume);
          call(event, assume.session());
        } else {
          unknown(theirs(event, Theirs.Why.UNKNOWN_CALL, assume.session()));
        }
      }
    } else if (byBroker(event) && (!brokerIsCustomer() || roles.contains(assume.role()))) {
      stranger(event, assume.session());
    }
  }

  private void call(Event event, String session) {
    Key exact = new Key(session, source(event), event.name(), event.region());
    Key key =
        rows.containsKey(exact)
            ? exact
            : new Key(
                session,
                exact.source(),
                VERSION.matcher(event.name()).replaceFirst(""),
                event.region());
    Theirs theirs = theirs(event, Theirs.Why.UNKNOWN_CALL, session);
    @Nullable Candidates calls = rows.get(key);
    (calls == null ? Optional.of(theirs) : calls.offer(theirs)).ifPresent(this::unknown);
  }

  /** Of a session that the ledger does not have. */
  private void stranger(Event event, String session) {
    if (!isNew(event)) {
      return;
    }
    Optional<Instant> begun = begun(session, event.time());
    if (begun.isPresent() && begun.get().isBefore(oldestKept())) {
      noLongerKept++;
    } else if (begun.isPresent() && !begun.get().isBefore(ledger.asOf().minus(UNDER_WAY))) {
      notYet++;
    } else {
      unknown(theirs(event, Theirs.Why.UNKNOWN_SESSION, session));
    }
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

  private void unknown(Theirs event) {
    unknown.merge(event.why(), 1L, Long::sum);
    unknownListed.add(event);
  }

  private boolean isNew(Event event) {
    boolean added = seen.add(event.id());
    if (!added) {
      duplicates++;
    }
    return added;
  }

  private boolean ours(Event event) {
    return isAccount(event.roleAccount()) && sessions.containsKey(event.session());
  }

  /** Whether it is of a session that is known, and not the one that is compared. */
  private boolean ofAnother(Event event) {
    return others.contains(event.assume().map(Event.Assume::session).orElse(event.session()));
  }

  private boolean inAccount(Event event) {
    return event.recipient().isEmpty() || isAccount(event.recipient());
  }

  private boolean isAccount(String account) {
    return !account.isEmpty()
        && ledger.account().map(AccountId::value).map(account::equals).orElse(true);
  }

  private boolean byBroker(Event event) {
    return event.caller().equals(ledger.brokerAccount().value());
  }

  private boolean brokerIsCustomer() {
    return ledger.account().map(ledger.brokerAccount()::equals).orElse(false);
  }

  private static String source(Event event) {
    int dot = event.source().indexOf(".amazonaws.com");
    return dot < 0 ? event.source() : event.source().substring(0, dot);
  }

  private static Theirs theirs(Event event, Theirs.Why why, String session) {
    return new Theirs(
        why,
        event.time(),
        event.region(),
        event.source(),
        event.name(),
        event.requestId(),
        event.errorCode(),
        session,
        event.id());
  }

  // The account of it all

  private Findings findings(TrailFiles.Tally tally) {
    long matched = 0;
    long byRequestId = 0;
    Map<Findings.Ours.Why, Long> without = new HashMap<>();
    Earliest<Findings.Ours> listed =
        new Earliest<>(
            Findings.LISTED,
            Comparator.comparing((Findings.Ours ours) -> ours.call().at())
                .thenComparing(Findings.Ours::session)
                .thenComparing(ours -> ours.call().region())
                .thenComparing(ours -> ours.call().operation()));
    Set<String> expected = new TreeSet<>();
    for (Map.Entry<Key, Candidates> entry : rows.entrySet()) {
      List<Join.Ours> calls = entry.getValue().calls();
      if (calls.stream().anyMatch(row -> mustHaveOne(row.call()))) {
        expected.add(entry.getKey().region());
      }
      Join join = new Join(calls, entry.getValue().events(), this::mustHaveOne);
      matched += join.matched;
      byRequestId += join.byRequestId;
      join.unmatchedEvents.forEach(this::unknown);
      for (Join.Ours row : join.unmatchedCalls) {
        Findings.Ours.Why why = why(row.call());
        without.merge(why, 1L, Long::sum);
        listed.add(new Findings.Ours(why, row.ledger().session(), row.call()));
      }
    }
    expected.removeAll(regionsSeen);
    expected.removeAll(gapRegions);
    Findings.OursWithoutTheirs ours =
        new Findings.OursWithoutTheirs(
            without.getOrDefault(Findings.Ours.Why.MISSING, 0L),
            without.getOrDefault(Findings.Ours.Why.TOO_EARLY_TO_SAY, 0L),
            without.getOrDefault(Findings.Ours.Why.NOT_RECORDED, 0L),
            without.getOrDefault(Findings.Ours.Why.NO_ANSWER, 0L),
            without.getOrDefault(Findings.Ours.Why.NOT_READ, 0L),
            listed.list());
    Findings.TheirsWithoutOurs theirs =
        new Findings.TheirsWithoutOurs(
            unknown.getOrDefault(Theirs.Why.UNKNOWN_CALL, 0L),
            unknown.getOrDefault(Theirs.Why.UNKNOWN_SESSION, 0L),
            unknownListed.list());
    return new Findings(
        verdict(ours, theirs),
        ledger.connection(),
        ledger.account(),
        asOf,
        ledger.asOf(),
        ledger.next().isEmpty(),
        sessions.size(),
        new Findings.Files(
            tally.files,
            tally.events,
            tally.unreadable,
            duplicates,
            tally.digests,
            tally.insights,
            skipped.size(),
            Optional.ofNullable(from),
            Optional.ofNullable(to)),
        new Findings.Matched(matched, byRequestId),
        ours,
        theirs,
        !seen.full(),
        noLongerKept,
        notYet,
        policies.findings(),
        List.copyOf(expected),
        gaps,
        skipped.stream().limit(Findings.LISTED).toList());
  }

  private Findings.Verdict verdict(
      Findings.OursWithoutTheirs ours, Findings.TheirsWithoutOurs theirs) {
    if (ours.missing() > 0
        || theirs.unknownCall() > 0
        || theirs.unknownSession() > 0
        || policies.assumedOtherwise()) {
      return Findings.Verdict.DIFFERS;
    }
    if (!gaps.isEmpty() || skipped.stream().anyMatch(file -> file.kind().mayHoldEvents())) {
      return Findings.Verdict.INCONCLUSIVE;
    }
    return ours.tooEarlyToSay() > 0 || notYet > 0
        ? Findings.Verdict.TOO_EARLY
        : Findings.Verdict.AGREES;
  }

  private Findings.Ours.Why why(Call call) {
    if (call.status() == 0) {
      return Findings.Ours.Why.NO_ANSWER;
    }
    if (!mustHaveOne(call)) {
      return Findings.Ours.Why.NOT_RECORDED;
    }
    if (gapRegions.contains(Recorded.name(call))) {
      return Findings.Ours.Why.NOT_READ;
    }
    return call.at().isAfter(asOf.minus(SETTLED))
        ? Findings.Ours.Why.TOO_EARLY_TO_SAY
        : Findings.Ours.Why.MISSING;
  }

  /**
   * Whether CloudTrail records such a call in the customer's account for certain. A refused
   * AssumeRole from another account is in the caller's trail alone.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html">Logging
   *     IAM and AWS STS API calls</a>
   */
  private boolean mustHaveOne(Call call) {
    boolean refusedElsewhere =
        call.service().equals("sts")
            && call.operation().equals("AssumeRole")
            && call.status() >= 400
            && !brokerIsCustomer();
    return call.status() != 0 && !refusedElsewhere;
  }
}
