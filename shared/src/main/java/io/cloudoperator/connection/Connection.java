package io.cloudoperator.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection of a tenant to one AWS account, in any status.
 *
 * @param name the tenant's own label, 1 to 64 characters
 * @param expiresAt when a pending connection is forgotten; present exactly while pending
 * @param account the AWS account; present once proven
 * @param reference how the role is assumed, sealed; absent exactly when disconnected
 * @param proof of the latest verification that came to a verdict
 * @param nextScanAt when the schedule is due next; present exactly while active and scheduled
 * @param suspendedAt since when it has been revoked or quarantined; present while it is, and of one
 *     that was disconnected because it was for too long
 * @param verification of those that callers asked for; absent when disconnected
 * @param generation grows with every purge and disconnect: what began under an earlier one may not
 *     write results
 * @param version grows with every change: a change made from an outdated copy is refused
 */
public record Connection(
    TenantId tenant,
    ConnectionId id,
    String name,
    Tier tier,
    ConnectionStatus status,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<AccountId> account,
    Optional<SealedReference> reference,
    Optional<Proof> proof,
    Schedule schedule,
    Optional<Instant> nextScanAt,
    Optional<Instant> suspendedAt,
    Optional<Instant> disconnectedAt,
    Optional<RoleVerification> verification,
    long generation,
    long version) {

  /** How long a customer has to grant the role. */
  public static final Duration PENDING_FOR = Duration.ofHours(24);

  /** How long the reference of one that is suspended is kept: docs/decisions/042. */
  public static final Duration SUSPENDED_FOR = Duration.ofDays(30);

  /** Of a name, in code points. */
  public static final int LONGEST_NAME = 64;

  /**
   * @throws IllegalArgumentException if the parts do not fit the status
   */
  public Connection {
    if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw new IllegalArgumentException("a connection's name is 1 to 64 characters");
    }
    require(expiresAt.isPresent() == (status == ConnectionStatus.PENDING), "expiresAt", status);
    require(
        reference.isPresent() == (status != ConnectionStatus.DISCONNECTED), "reference", status);
    require(!status.connected() || account.isPresent(), "account", status);
    require(
        nextScanAt.isPresent() == (status == ConnectionStatus.ACTIVE && schedule != Schedule.OFF),
        "nextScanAt",
        status);
    require(
        status == ConnectionStatus.DISCONNECTED || suspendedAt.isPresent() == status.suspended(),
        "suspendedAt",
        status);
    require(
        verification.isEmpty() || status != ConnectionStatus.DISCONNECTED, "verification", status);
  }

  private static void require(boolean fits, String part, ConnectionStatus status) {
    if (!fits) {
      throw new IllegalArgumentException(part + " does not fit a connection that is " + status);
    }
  }

  /** A new connection that waits for its role. */
  public static Connection pending(
      TenantId tenant,
      ConnectionId id,
      String name,
      Tier tier,
      SealedReference reference,
      Instant now) {
    return new Connection(
        tenant,
        id,
        name,
        tier,
        ConnectionStatus.PENDING,
        now,
        Optional.of(now.plus(PENDING_FOR)),
        Optional.empty(),
        Optional.of(reference),
        Optional.empty(),
        Schedule.OFF,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0);
  }

  /** Whether it was pending for longer than allowed: readers then take it for absent. */
  public boolean expired(Instant now) {
    return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
  }

  /** When its reference is deleted if it is not proven before; present while it is suspended. */
  public Optional<Instant> lapsesAt() {
    return suspendedAt.filter(_ -> status.suspended()).map(since -> since.plus(SUSPENDED_FOR));
  }

  /** As it is by {@code now}: disconnected since it lapsed, if it did; verified in vain, if so. */
  public Connection asOf(Instant now) {
    return lapsesAt()
        .filter(end -> !now.isBefore(end))
        .map(end -> disconnected(end).changed(next -> next.suspendedAt = suspendedAt))
        .orElseGet(
            () -> changed(next -> next.verification = verification.map(last -> last.asOf(now))));
  }

  /** Whether its role is tried in the background. */
  public boolean verifying() {
    return verification.filter(RoleVerification::goesOn).isPresent();
  }

  /** With what became of a verification. */
  public Connection withVerification(RoleVerification latest) {
    return changed(next -> next.verification = Optional.of(latest));
  }

  /** With a reference that also names the role; its verification may still fail. */
  public Connection withReference(SealedReference sealed) {
    return changed(next -> next.reference = Optional.of(sealed));
  }

  /**
   * Active: the role of this account has been assumed and probed. The schedule of one that was
   * suspended resumes, an interval after the proof.
   */
  public Connection proven(AccountId provenAccount, Proof latest) {
    return changed(next -> {
      next.status = ConnectionStatus.ACTIVE;
      next.expiresAt = Optional.empty();
      next.account = Optional.of(provenAccount);
      next.proof = Optional.of(latest);
      if (status.suspended()) {
        next.suspendedAt = Optional.empty();
        next.nextScanAt = schedule.interval().map(latest.at()::plus);
      }
    });
  }

  /**
   * Revoked: the role could be assumed before, and cannot be any more. The schedule pauses; the
   * reference, the account and the proof stay.
   */
  public Connection revoked(Instant now) {
    return changed(next -> next.suspend(ConnectionStatus.REVOKED, now));
  }

  /** Quarantined: this proof shows that the role does not ask for its External ID any more. */
  public Connection quarantined(Proof latest) {
    return changed(next -> {
      next.suspend(ConnectionStatus.QUARANTINED, latest.at());
      next.proof = Optional.of(latest);
    });
  }

  /**
   * With another schedule: the first scan is due after one interval, or, while suspended, after one
   * interval from its next proof.
   */
  public Connection scheduled(Schedule often, Instant now) {
    return changed(next -> {
      next.schedule = often;
      next.nextScanAt = status.suspended() ? Optional.empty() : often.interval().map(now::plus);
    });
  }

  /** The scan that is due has been claimed; the next one comes an interval from now. */
  public Connection claimed(Instant now) {
    return scheduled(schedule, now);
  }

  /** Due at {@code due}, and as often as before afterwards. Only for one that is scheduled. */
  public Connection dueAt(Instant due) {
    return changed(next -> next.nextScanAt = Optional.of(due));
  }

  /**
   * Without its role reference, for good. One that was never proven has nothing else either: what
   * is left of it is deleted as soon as its receipt is signed.
   */
  public Connection disconnected(Instant now) {
    return changed(next -> {
      next.status = ConnectionStatus.DISCONNECTED;
      next.expiresAt = Optional.empty();
      next.reference = Optional.empty();
      next.schedule = Schedule.OFF;
      next.nextScanAt = Optional.empty();
      next.suspendedAt = Optional.empty();
      next.disconnectedAt = Optional.of(now);
      next.verification = Optional.empty();
      next.generation++;
    });
  }

  /** In a new generation: no scan that began before may still write a result. */
  public Connection nextGeneration() {
    return changed(next -> next.generation++);
  }

  /** With the version that a store gives it after a change. */
  public Connection atVersion(long stored) {
    return changed(next -> next.version = stored);
  }

  private Connection changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.connection();
  }

  /** A connection under change, whose members can be set. */
  private static final class Draft {
    private final Connection before;
    private ConnectionStatus status;
    private Optional<Instant> expiresAt;
    private Optional<AccountId> account;
    private Optional<SealedReference> reference;
    private Optional<Proof> proof;
    private Schedule schedule;
    private Optional<Instant> nextScanAt;
    private Optional<Instant> suspendedAt;
    private Optional<Instant> disconnectedAt;
    private Optional<RoleVerification> verification;
    private long generation;
    private long version;

    Draft(Connection before) {
      this.before = before;
      status = before.status;
      expiresAt = before.expiresAt;
      account = before.account;
      reference = before.reference;
      proof = before.proof;
      schedule = before.schedule;
      nextScanAt = before.nextScanAt;
      suspendedAt = before.suspendedAt;
      disconnectedAt = before.disconnectedAt;
      verification = before.verification;
      generation = before.generation;
      version = before.version;
    }

    void suspend(ConnectionStatus as, Instant at) {
      if (status != as) {
        status = as;
        suspendedAt = Optional.of(at);
        nextScanAt = Optional.empty();
      }
    }

    Connection connection() {
      return new Connection(
          before.tenant,
          before.id,
          before.name,
          before.tier,
          status,
          before.createdAt,
          expiresAt,
          account,
          reference,
          proof,
          schedule,
          nextScanAt,
          suspendedAt,
          disconnectedAt,
          verification,
          generation,
          version);
    }
  }
}
