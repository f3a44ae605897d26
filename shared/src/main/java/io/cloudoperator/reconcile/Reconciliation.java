package io.cloudoperator.reconcile;

import io.cloudoperator.call.Call;
import io.cloudoperator.reconcile.Findings.EventWithoutCall;
import io.cloudoperator.reconcile.Findings.EventWithoutCall.Why;
import io.cloudoperator.reconcile.Findings.Verdict;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
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
 * A comparison of a ledger with CloudTrail's events. The events are read twice, one at a time:
 * first for the roles that the broker assumes, then for what was done in their sessions. What is
 * kept of them does not grow with their number beyond fixed bounds.
 */
public final class Reconciliation {
  private static final int MOST_ROLES = 10_000;

  // ListFunctions20150331, ListDistributions2020_05_31, GetFunction20150331v2
  private static final Pattern VERSION = Pattern.compile("(?<=\\D)\\d{4}_?\\d{2}_?\\d{2}(v\\d+)?$");

  private final LedgerDocument ledger;
  private final LedgerSessions sessions;
  private final Instant asOf;
  private final List<Lookup.Gap> gaps;
  private final Set<String> gapRegions;
  private final List<SkippedFile> skipped;
  private final Map<Key, CandidateEvents> rows = new HashMap<>();
  private final SessionPolicies policies;

  private final Set<String> brokerRoles = new HashSet<>();
  private final FingerprintSet sessionsOfOthers = new FingerprintSet();

  private final FingerprintSet eventIds = new FingerprintSet();
  private final Set<String> regionsSeen = new HashSet<>();
  private final UnmatchedEvents unmatchedEvents = new UnmatchedEvents();
  private long duplicates;
  private long noLongerKept;
  private long notYetInLedger;
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
    this.sessions = new LedgerSessions(ledger, others);
    this.asOf = asOf;
    this.policies = new SessionPolicies(ledger);
    this.gaps = List.copyOf(gaps);
    this.gapRegions =
        gaps.stream().map(gap -> gap.region().value()).collect(Collectors.toUnmodifiableSet());
    this.skipped = skipped;
    for (Ledger session : sessions.compared()) {
      for (Call call : session.calls()) {
        Key key =
            new Key(
                session.session().value(),
                call.service(),
                call.operation(),
                TrailRegion.name(call));
        rows.computeIfAbsent(key, _ -> new CandidateEvents())
            .add(new CallMatcher.LedgerCall(session, call));
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
  public static Findings of(
      LedgerDocument ledger, InputFiles files, Instant asOf, ReadLimits limits)
      throws TrailException {
    if (files.trail().isEmpty()) {
      throw new TrailException(
          files.skipped().isEmpty()
              ? "there is no file of CloudTrail's to hold the ledger against"
              : SkippedFile.sentence(files.skipped()));
    }
    Reconciliation reconciliation =
        new Reconciliation(ledger, Set.of(), List.of(), files.skipped(), asOf);
    read(files.trail(), limits, reconciliation::collectRoles);
    TrailFiles.Tally tally = read(files.trail(), limits, reconciliation::match);
    tally.digests = files.digests();
    tally.insights += files.insights();
    return reconciliation.findings(tally);
  }

  private static TrailFiles.Tally read(
      List<TrailSource> files, ReadLimits limits, Consumer<Event> events) throws TrailException {
    TrailFiles.Tally tally = new TrailFiles.Tally();
    for (TrailSource file : files) {
      TrailFiles.read(file, limits.mostBytes() - tally.bytes, events, _ -> {}, tally);
    }
    return tally;
  }

  /**
   * Compares one session with what was looked up of it.
   *
   * @param ledger of all sessions that are kept, so that none of them is reported as unknown
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
    all.events().forEach(reconciliation::collectRoles);
    all.events().forEach(reconciliation::match);
    TrailFiles.Tally tally = new TrailFiles.Tally();
    tally.files = lookups.size();
    tally.events = all.events().size();
    tally.unreadable = all.unreadable();
    tally.insights = all.insights();
    return reconciliation.findings(tally);
  }

  // First pass

  private void collectRoles(Event event) {
    if (!sessions.inAccount(event)) {
      return;
    }
    if (sessions.made(event)) {
      addBrokerRole(event.role());
    }
    event
        .assume()
        .filter(assume -> sessions.isAccount(assume.account()))
        .ifPresent(assume -> {
          if (!sessions.byBroker(event)) {
            if (!event.caller().isEmpty()) {
              sessionsOfOthers.add(assume.role() + "/" + assume.session());
            }
          } else if (sessions.has(assume.session()) || !sessions.brokerIsCustomer()) {
            addBrokerRole(assume.role());
          }
        });
  }

  private void addBrokerRole(String role) {
    if (brokerRoles.size() < MOST_ROLES) {
      brokerRoles.add(role);
    }
  }

  // Second pass

  private void match(Event event) {
    if (!sessions.inAccount(event) || sessions.isOfAnother(event)) {
      return;
    }
    regionsSeen.add(event.region());
    from = from == null || event.time().isBefore(from) ? event.time() : from;
    to = to == null || event.time().isAfter(to) ? event.time() : to;
    if (sessions.made(event)) {
      if (isNew(event)) {
        // A session of ours that assumes a role itself does what none of our rows ever is.
        if (event.assume().isPresent()) {
          unmatchedEvents.add(withoutCall(event, Why.UNKNOWN_CALL, event.session()));
        } else {
          matchCall(event, event.session());
        }
      }
    } else if (event.assume().isPresent()) {
      matchAssumeRole(event, event.assume().get());
    } else if (sessions.isAccount(event.roleAccount())
        && brokerRoles.contains(event.role())
        && !sessionsOfOthers.contains(event.role() + "/" + event.session())) {
      addUnknownSession(event, event.session());
    }
  }

  private void matchAssumeRole(Event event, Event.Assume assume) {
    if (!sessions.isAccount(assume.account())) {
      return;
    }
    if (sessions.has(assume.session())) {
      if (isNew(event)) {
        if (sessions.byBroker(event)) {
          policies.judge(event, assume);
          matchCall(event, assume.session());
        } else {
          unmatchedEvents.add(withoutCall(event, Why.UNKNOWN_CALL, assume.session()));
        }
      }
    } else if (sessions.byBroker(event)
        && (!sessions.brokerIsCustomer() || brokerRoles.contains(assume.role()))) {
      addUnknownSession(event, assume.session());
    }
  }

  private void matchCall(Event event, String session) {
    Key exact = new Key(session, source(event), event.name(), event.region());
    Key key =
        rows.containsKey(exact)
            ? exact
            : new Key(
                session,
                exact.source(),
                VERSION.matcher(event.name()).replaceFirst(""),
                event.region());
    EventWithoutCall candidate = withoutCall(event, Why.UNKNOWN_CALL, session);
    @Nullable CandidateEvents calls = rows.get(key);
    (calls == null ? Optional.of(candidate) : calls.offer(candidate))
        .ifPresent(unmatchedEvents::add);
  }

  private void addUnknownSession(Event event, String session) {
    if (isNew(event)) {
      switch (sessions.keeping(session, event.time())) {
        case NO_LONGER_KEPT -> noLongerKept++;
        case NOT_YET_IN_LEDGER -> notYetInLedger++;
        case KEPT -> unmatchedEvents.add(withoutCall(event, Why.UNKNOWN_SESSION, session));
      }
    }
  }

  private boolean isNew(Event event) {
    boolean added = eventIds.add(event.id());
    if (!added) {
      duplicates++;
    }
    return added;
  }

  private static String source(Event event) {
    int dot = event.source().indexOf(".amazonaws.com");
    return dot < 0 ? event.source() : event.source().substring(0, dot);
  }

  private static EventWithoutCall withoutCall(Event event, Why why, String session) {
    return new EventWithoutCall(
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

  private Findings findings(TrailFiles.Tally tally) {
    long matched = 0;
    long byRequestId = 0;
    UnmatchedCalls unmatchedCalls = new UnmatchedCalls(sessions, gapRegions, asOf);
    Set<String> regionsWithoutEvents = new TreeSet<>();
    for (Map.Entry<Key, CandidateEvents> entry : rows.entrySet()) {
      List<CallMatcher.LedgerCall> calls = entry.getValue().calls();
      if (calls.stream().anyMatch(row -> sessions.isRecorded(row.call()))) {
        regionsWithoutEvents.add(entry.getKey().region());
      }
      CallMatcher matcher = new CallMatcher(calls, entry.getValue().events(), sessions::isRecorded);
      matched += matcher.matched;
      byRequestId += matcher.byRequestId;
      matcher.unmatchedEvents.forEach(unmatchedEvents::add);
      matcher.unmatchedCalls.forEach(unmatchedCalls::add);
    }
    regionsWithoutEvents.removeAll(regionsSeen);
    regionsWithoutEvents.removeAll(gapRegions);
    Findings.LedgerOnly ledgerOnly = unmatchedCalls.findings();
    Findings.TrailOnly trailOnly = unmatchedEvents.findings();
    return new Findings(
        verdict(ledgerOnly, trailOnly),
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
        ledgerOnly,
        trailOnly,
        !eventIds.full(),
        noLongerKept,
        notYetInLedger,
        policies.findings(),
        List.copyOf(regionsWithoutEvents),
        gaps,
        skipped.stream().limit(Findings.LISTED).toList());
  }

  private Verdict verdict(Findings.LedgerOnly ledgerOnly, Findings.TrailOnly trailOnly) {
    if (ledgerOnly.missing() > 0
        || trailOnly.unknownCall() > 0
        || trailOnly.unknownSession() > 0
        || policies.assumedOtherwise()) {
      return Verdict.DIFFERS;
    }
    if (!gaps.isEmpty() || skipped.stream().anyMatch(file -> file.kind().mayHoldEvents())) {
      return Verdict.INCONCLUSIVE;
    }
    return ledgerOnly.tooEarlyToSay() > 0 || notYetInLedger > 0
        ? Verdict.TOO_EARLY
        : Verdict.AGREES;
  }
}
