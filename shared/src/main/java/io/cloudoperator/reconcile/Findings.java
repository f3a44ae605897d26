package io.cloudoperator.reconcile;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of comparing a ledger with CloudTrail's events.
 *
 * @param asOf when the events were fetched: CloudTrail may lack calls of the two hours before
 * @param ledgerAsOf when the ledger was read
 * @param ledgerComplete whether the last page of the ledger was there
 * @param sessions of the ledger
 * @param exact whether all counts are; otherwise those of {@code theirsWithoutOurs} may be too
 *     large by events that stood in more files than one
 * @param noLongerKept events of sessions from before the oldest that the ledger still has
 * @param notYetInLedger events of sessions that began when the ledger was read, or after
 * @param regionsWithoutEvents of our calls, from which the files have nothing at all
 * @param regionsNotRead that were looked up and not read to their end; empty for files
 * @param filesSkipped that were given and not used; empty for a lookup
 */
public record Findings(
    Verdict verdict,
    ConnectionId connection,
    Optional<AccountId> account,
    Instant asOf,
    Instant ledgerAsOf,
    boolean ledgerComplete,
    int sessions,
    Files files,
    Matched matched,
    LedgerOnly oursWithoutTheirs,
    TrailOnly theirsWithoutOurs,
    boolean exact,
    long noLongerKept,
    long notYetInLedger,
    Assumptions assumptions,
    KeyUse keyUse,
    List<String> regionsWithoutEvents,
    List<Lookup.Gap> regionsNotRead,
    List<SkippedFile> filesSkipped) {
  /** How many entries each list has at most; the counts beside it are of all. */
  public static final int LISTED = 1_000;

  /** How many AssumeRole events are listed, each with its policy. */
  public static final int POLICIES_LISTED = 100;

  /** The result in one word. */
  public enum Verdict {
    /** Each call has its event, each event its call, and every session had the published policy. */
    AGREES,
    /**
     * A call or an event has no counterpart, or a session had another policy or outlived itself.
     */
    DIFFERS,
    /** Nothing differs, but CloudTrail or the ledger may not be complete yet. */
    TOO_EARLY,
    /** Nothing differs in what was read, but not all regions or files were read. */
    INCONCLUSIVE
  }

  /**
   * What was read.
   *
   * @param files or, of what was looked up, regions
   * @param events of any account and origin
   * @param unreadable records that are no CloudTrail event
   * @param duplicates events of our sessions that stood in more places than one
   * @param digests digest files, which hold no events
   * @param insights Insights events, which report rates of calls
   * @param skipped files that were given and not used
   * @param from the time of the first event of the account; absent if there was none
   * @param to the time of its last
   */
  public record Files(
      int files,
      long events,
      long unreadable,
      long duplicates,
      long digests,
      long insights,
      long skipped,
      Optional<Instant> from,
      Optional<Instant> to) {
    /** Before the events are compared. */
    static Files of(
        int files, long events, long unreadable, long digests, long insights, long skipped) {
      return new Files(
          files,
          events,
          unreadable,
          0,
          digests,
          insights,
          skipped,
          Optional.empty(),
          Optional.empty());
    }

    Files with(long duplicates, Optional<Instant> from, Optional<Instant> to) {
      return new Files(files, events, unreadable, duplicates, digests, insights, skipped, from, to);
    }
  }

  /**
   * Calls that have their event.
   *
   * @param byRequestId of these, by the same request id
   */
  public record Matched(long calls, long byRequestId) {}

  /** Calls in the ledger that have no event. The five counts are all of them. */
  public record LedgerOnly(
      long missing,
      long tooEarlyToSay,
      long notRecorded,
      long noAnswer,
      long notRead,
      List<CallWithoutEvent> calls) {
    public LedgerOnly {
      calls = List.copyOf(calls);
    }
  }

  /** A call without an event. */
  public record CallWithoutEvent(CallWithoutEvent.Why why, ScanId session, Call call) {
    /** Why it has none. */
    public enum Why {
      /** CloudTrail should have it. */
      MISSING,
      /** CloudTrail may yet deliver it. */
      TOO_EARLY_TO_SAY,
      /** A refused AssumeRole from another account is not recorded in the role's account. */
      NOT_RECORDED,
      /** No answer came: it may never have reached AWS. */
      NO_ANSWER,
      /**
       * The events of its region were not read to their end; or it is an AssumeRole that was looked
       * up and not found by its role or session, which does not say that it has none.
       */
      NOT_READ
    }
  }

  /** Events that have no call in the ledger. The two counts are all of them. */
  public record TrailOnly(long unknownCall, long unknownSession, List<EventWithoutCall> events) {
    public TrailOnly {
      events = List.copyOf(events);
    }
  }

  /**
   * An event without a call.
   *
   * @param session as the event names it; empty if it does not
   */
  public record EventWithoutCall(
      EventWithoutCall.Why why,
      Instant time,
      String region,
      String source,
      String name,
      String requestId,
      String errorCode,
      String session,
      String eventId) {
    static EventWithoutCall of(Event event, Why why, String session) {
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

    /** Why it has none. */
    public enum Why {
      /** It was made in a session of the ledger, which has no such call. */
      UNKNOWN_CALL,
      /** The broker began the session, and the ledger does not have it. */
      UNKNOWN_SESSION
    }
  }

  /**
   * Session policies and parameters of the AssumeRole events of our sessions.
   *
   * @param publishedPolicy how many passed the published session policy
   * @param otherPolicy how many passed another
   * @param noPolicy how many passed none
   * @param policyNotShown how many do not show what they passed
   * @param otherDuration how many asked for other than 900 seconds
   * @param withoutExternalId how many sent no External ID and were let in: a proof tries that, and
   *     a role that allows it is assumable by anyone whom we serve; it is no difference
   * @param remarkable each of those that is not as it should be
   */
  public record Assumptions(
      long events,
      long publishedPolicy,
      long otherPolicy,
      long noPolicy,
      long policyNotShown,
      long otherDuration,
      long withoutExternalId,
      List<Assumption> remarkable) {
    public Assumptions {
      remarkable = List.copyOf(remarkable);
    }
  }

  /**
   * An AssumeRole that is not as it should be.
   *
   * @param policy as it was passed; absent if none was
   * @param durationSeconds absent if none was passed, which asks for an hour
   */
  public record Assumption(
      Instant time,
      String region,
      String session,
      String eventId,
      PolicyIs policyIs,
      Optional<String> policy,
      Optional<Long> durationSeconds,
      boolean externalId) {
    /** What the session policy is. */
    public enum PolicyIs {
      PUBLISHED,
      OTHER,
      NONE,
      NOT_SHOWN
    }
  }

  /**
   * When the calls of our sessions were made, counted from the issue of their access keys.
   *
   * @param inTime calls within 900 seconds
   * @param late calls after that
   * @param notShown calls whose events do not say when the key was issued
   * @param calls the late ones
   */
  public record KeyUse(long inTime, long late, long notShown, List<LateCall> calls) {
    public KeyUse {
      calls = List.copyOf(calls);
    }
  }

  /** A call that was made with an access key more than 900 seconds after its issue. */
  public record LateCall(
      Instant time,
      Instant issuedAt,
      String region,
      String source,
      String name,
      String session,
      String eventId) {}

  /** The same, with so many entries in each list at most; the counts beside them stay. */
  public Findings listing(int most) {
    return new Findings(
        verdict,
        connection,
        account,
        asOf,
        ledgerAsOf,
        ledgerComplete,
        sessions,
        files,
        matched,
        new LedgerOnly(
            oursWithoutTheirs.missing(),
            oursWithoutTheirs.tooEarlyToSay(),
            oursWithoutTheirs.notRecorded(),
            oursWithoutTheirs.noAnswer(),
            oursWithoutTheirs.notRead(),
            first(most, oursWithoutTheirs.calls())),
        new TrailOnly(
            theirsWithoutOurs.unknownCall(),
            theirsWithoutOurs.unknownSession(),
            first(most, theirsWithoutOurs.events())),
        exact,
        noLongerKept,
        notYetInLedger,
        new Assumptions(
            assumptions.events(),
            assumptions.publishedPolicy(),
            assumptions.otherPolicy(),
            assumptions.noPolicy(),
            assumptions.policyNotShown(),
            assumptions.otherDuration(),
            assumptions.withoutExternalId(),
            first(most, assumptions.remarkable())),
        new KeyUse(keyUse.inTime(), keyUse.late(), keyUse.notShown(), first(most, keyUse.calls())),
        first(most, regionsWithoutEvents),
        first(most, regionsNotRead),
        first(most, filesSkipped));
  }

  private static <T> List<T> first(int most, List<T> all) {
    return all.subList(0, Math.min(most, all.size()));
  }

  public Findings {
    regionsWithoutEvents = List.copyOf(regionsWithoutEvents);
    regionsNotRead = List.copyOf(regionsNotRead);
    filesSkipped = List.copyOf(filesSkipped);
  }
}
