package io.cloudoperator.reconcile;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.call.Call;
import io.cloudoperator.reconcile.CallMatcher.LedgerCall;
import io.cloudoperator.reconcile.Findings.CallWithoutEvent;
import io.cloudoperator.reconcile.Findings.EventWithoutCall;
import io.cloudoperator.reconcile.Findings.Verdict;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  // CloudTrail delivers within about five minutes on average, and promises nothing; refused calls
  // were seen to take 85 minutes.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
  private static final Duration SETTLED = Duration.ofHours(2);

  // ListFunctions20150331, ListDistributions2020_05_31, GetFunction20150331v2
  private static final Pattern VERSION = Pattern.compile("(?<=\\D)\\d{4}_?\\d{2}_?\\d{2}(v\\d+)?$");

  private final LedgerDocument ledger;
  private final LedgerSessions sessions;
  private final Instant asOf;
  private final boolean lookedUp;
  private final List<Lookup.Gap> gaps;
  private final Set<String> gapRegions;
  private final List<SkippedFile> skipped;
  private final Map<Key, CallMatcher> matchers = new HashMap<>();
  private final SessionPolicies policies;
  private final KeyUses keys = new KeyUses();

  private final Set<String> brokerRoles = new HashSet<>();
  private final FingerprintSet sessionsOfOthers = new FingerprintSet();

  private final FingerprintSet eventIds = new FingerprintSet();
  private final Set<String> regionsSeen = new HashSet<>();
  private final CountedEntries<CallWithoutEvent.Why, CallWithoutEvent> ledgerOnly =
      new CountedEntries<>(
          Findings.LISTED,
          Comparator.comparing((CallWithoutEvent entry) -> entry.call().at())
              .thenComparing(CallWithoutEvent::session)
              .thenComparing(entry -> entry.call().region())
              .thenComparing(entry -> entry.call().operation()));
  private final CountedEntries<EventWithoutCall.Why, EventWithoutCall> trailOnly =
      new CountedEntries<>(
          Findings.LISTED,
          Comparator.comparing(EventWithoutCall::time).thenComparing(EventWithoutCall::eventId));
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
      boolean lookedUp,
      List<Lookup.Gap> gaps,
      List<SkippedFile> skipped,
      Instant asOf) {
    this.ledger = ledger;
    this.sessions = new LedgerSessions(ledger, others);
    this.asOf = asOf;
    this.policies = new SessionPolicies(ledger);
    this.lookedUp = lookedUp;
    this.gaps = List.copyOf(gaps);
    this.gapRegions =
        gaps.stream().map(gap -> gap.region().value()).collect(Collectors.toUnmodifiableSet());
    this.skipped = skipped;
    for (Ledger session : sessions.compared()) {
      for (Call call : session.calls()) {
        Key key =
            new Key(session.session().value(), call.service(), call.operation(), recordedIn(call));
        matchers.computeIfAbsent(key, _ -> new CallMatcher()).add(new LedgerCall(session, call));
      }
    }
  }

  private static String recordedIn(Call call) {
    return Partitions.recordedIn(call.service(), call.region());
  }

  /**
   * Compares.
   *
   * @param asOf up to when CloudTrail had time to deliver
   * @throws TrailException if none of the files has CloudTrail's events, or one has changed since
   */
  public static Findings of(LedgerDocument ledger, InputFiles files, Instant asOf)
      throws TrailException {
    if (files.trail().isEmpty()) {
      throw new TrailException(
          files.skipped().isEmpty()
              ? "there is no file of CloudTrail's to hold the ledger against"
              : SkippedFile.sentence(files.skipped()));
    }
    Reconciliation reconciliation =
        new Reconciliation(ledger, Set.of(), false, List.of(), files.skipped(), asOf);
    files.each(reconciliation::collectRoles);
    files.each(reconciliation::match);
    return reconciliation.findings(files.counts());
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
            true,
            lookups.stream().flatMap(each -> each.gap().stream()).toList(),
            List.of(),
            asOf);
    TrailEvents all = TrailEvents.of(lookups.stream().map(Lookup::events).toList());
    all.events().forEach(reconciliation::collectRoles);
    all.events().forEach(reconciliation::match);
    return reconciliation.findings(
        Findings.Files.of(
            lookups.size(), all.events().size(), all.unreadable(), 0, all.insights(), 0));
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
        keys.judge(event);
        // A session of ours that assumes a role itself does what no call of the ledger is.
        if (event.assume().isPresent()) {
          addTrailOnly(unknownCall(event, event.session()));
        } else {
          matchCall(event, event.session());
        }
      }
    } else if (event.assume().isPresent()) {
      matchAssumeRole(event, event.assume().get());
    } else if (sessions.isAccount(event.roleAccount())
        && brokerRoles.contains(event.role())
        && !sessionsOfOthers.contains(event.role() + "/" + event.session())) {
      if (addUnknownSession(event, event.session())) {
        keys.judge(event);
      }
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
          addTrailOnly(unknownCall(event, assume.session()));
        }
      }
    } else if (sessions.byBroker(event)
        && (!sessions.brokerIsCustomer() || brokerRoles.contains(assume.role()))) {
      addUnknownSession(event, assume.session());
    }
  }

  private void matchCall(Event event, String session) {
    int dot = event.source().indexOf(".amazonaws.com");
    String source = dot < 0 ? event.source() : event.source().substring(0, dot);
    String unversioned = VERSION.matcher(event.name()).replaceFirst("");
    EventWithoutCall candidate = unknownCall(event, session);
    Stream.of(event.name(), unversioned)
        .map(name -> matchers.get(new Key(session, source, name, event.region())))
        .filter(Objects::nonNull)
        .findFirst()
        .map(matcher -> matcher.offer(candidate))
        .orElse(Optional.of(candidate))
        .ifPresent(this::addTrailOnly);
  }

  /** Whether it was not there before. */
  private boolean addUnknownSession(Event event, String session) {
    boolean added = isNew(event);
    if (added) {
      switch (sessions.keeping(session, event.time())) {
        case NO_LONGER_KEPT -> noLongerKept++;
        case NOT_YET_IN_LEDGER -> notYetInLedger++;
        case KEPT ->
            addTrailOnly(EventWithoutCall.of(event, EventWithoutCall.Why.UNKNOWN_SESSION, session));
      }
    }
    return added;
  }

  private boolean isNew(Event event) {
    boolean added = eventIds.add(event.id());
    duplicates += added ? 0 : 1;
    return added;
  }

  private static EventWithoutCall unknownCall(Event event, String session) {
    return EventWithoutCall.of(event, EventWithoutCall.Why.UNKNOWN_CALL, session);
  }

  private void addTrailOnly(EventWithoutCall event) {
    trailOnly.count(event.why());
    trailOnly.list(event);
  }

  private void addLedgerOnly(LedgerCall row) {
    CallWithoutEvent.Why why = why(row.call());
    ledgerOnly.count(why);
    ledgerOnly.list(new CallWithoutEvent(why, row.ledger().session(), row.call()));
  }

  private CallWithoutEvent.Why why(Call call) {
    if (call.status() == 0) {
      return CallWithoutEvent.Why.NO_ANSWER;
    }
    if (!sessions.isRecorded(call)) {
      return CallWithoutEvent.Why.NOT_RECORDED;
    }
    if (gapRegions.contains(recordedIn(call))) {
      return CallWithoutEvent.Why.NOT_READ;
    }
    if (call.at().isAfter(asOf.minus(SETTLED))) {
      return CallWithoutEvent.Why.TOO_EARLY_TO_SAY;
    }
    // That it is found by its role or session is seen of CloudTrail, and not documented.
    return lookedUp && LedgerSessions.isAssumeRole(call)
        ? CallWithoutEvent.Why.NOT_READ
        : CallWithoutEvent.Why.MISSING;
  }

  private Findings findings(Findings.Files files) {
    long matched = 0;
    long byRequestId = 0;
    Set<String> regionsWithoutEvents = new TreeSet<>();
    for (Map.Entry<Key, CallMatcher> entry : matchers.entrySet()) {
      if (entry.getValue().calls().stream().anyMatch(row -> sessions.isRecorded(row.call()))) {
        regionsWithoutEvents.add(entry.getKey().region());
      }
      CallMatcher.Result result = entry.getValue().match(sessions::isRecorded);
      matched += result.matched();
      byRequestId += result.byRequestId();
      result.unmatchedEvents().forEach(this::addTrailOnly);
      result.unmatchedCalls().forEach(this::addLedgerOnly);
    }
    regionsWithoutEvents.removeAll(regionsSeen);
    regionsWithoutEvents.removeAll(gapRegions);
    return new Findings(
        verdict(),
        ledger.connection(),
        ledger.account(),
        asOf,
        ledger.asOf(),
        ledger.next().isEmpty(),
        sessions.size(),
        files.with(duplicates, Optional.ofNullable(from), Optional.ofNullable(to)),
        new Findings.Matched(matched, byRequestId),
        new Findings.LedgerOnly(
            ledgerOnly.counted(CallWithoutEvent.Why.MISSING),
            ledgerOnly.counted(CallWithoutEvent.Why.TOO_EARLY_TO_SAY),
            ledgerOnly.counted(CallWithoutEvent.Why.NOT_RECORDED),
            ledgerOnly.counted(CallWithoutEvent.Why.NO_ANSWER),
            ledgerOnly.counted(CallWithoutEvent.Why.NOT_READ),
            ledgerOnly.listed()),
        new Findings.TrailOnly(
            trailOnly.counted(EventWithoutCall.Why.UNKNOWN_CALL),
            trailOnly.counted(EventWithoutCall.Why.UNKNOWN_SESSION),
            trailOnly.listed()),
        !eventIds.full(),
        noLongerKept,
        notYetInLedger,
        policies.findings(),
        keys.findings(),
        List.copyOf(regionsWithoutEvents),
        gaps,
        skipped.stream().limit(Findings.LISTED).toList());
  }

  private Verdict verdict() {
    if (ledgerOnly.counted(CallWithoutEvent.Why.MISSING) > 0
        || !trailOnly.listed().isEmpty()
        || policies.assumedOtherwise()
        || keys.late() > 0) {
      return Verdict.DIFFERS;
    }
    if (!gaps.isEmpty()
        || ledgerOnly.counted(CallWithoutEvent.Why.NOT_READ) > 0
        || skipped.stream().anyMatch(file -> file.kind().mayHoldEvents())) {
      return Verdict.INCONCLUSIVE;
    }
    return ledgerOnly.counted(CallWithoutEvent.Why.TOO_EARLY_TO_SAY) > 0 || notYetInLedger > 0
        ? Verdict.TOO_EARLY
        : Verdict.AGREES;
  }
}
