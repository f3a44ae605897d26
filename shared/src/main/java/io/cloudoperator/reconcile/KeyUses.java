package io.cloudoperator.reconcile;

import io.cloudoperator.reconcile.Findings.LateCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * How long after their issue the access keys of our sessions were used. An event says both: each
 * AssumeRole issues a key of its own, whatever the session is called.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html">CloudTrail
 *     userIdentity</a>
 */
final class KeyUses {
  /** What each AssumeRole of ours asks for. */
  static final Duration SESSION = Duration.ofMinutes(15);

  private final CountedEntries<Age, LateCall> uses =
      new CountedEntries<>(
          Findings.LISTED, Comparator.comparing(LateCall::time).thenComparing(LateCall::eventId));

  private enum Age {
    IN_TIME,
    LATE,
    NOT_SHOWN
  }

  /** Takes a call that was made in one of our sessions. */
  void judge(Event event) {
    Optional<Instant> issued = event.issued();
    if (issued.isEmpty()) {
      uses.count(Age.NOT_SHOWN);
    } else if (event.time().isAfter(issued.get().plus(SESSION))) {
      uses.count(Age.LATE);
      uses.list(
          new LateCall(
              event.time(),
              issued.get(),
              event.region(),
              event.source(),
              event.name(),
              event.session(),
              event.id()));
    } else {
      uses.count(Age.IN_TIME);
    }
  }

  long late() {
    return uses.counted(Age.LATE);
  }

  Findings.KeyUse findings() {
    return new Findings.KeyUse(
        uses.counted(Age.IN_TIME), late(), uses.counted(Age.NOT_SHOWN), uses.listed());
  }
}
