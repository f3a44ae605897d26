package io.cloudoperator.connection;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A store of deletions, and what deletes connections for them. Each write that deletes something
 * counts it too, or does neither; so a deletion that is broken off between any two writes can be
 * gone on with, and counts nothing twice. Results are deleted by {@code scan.ScanRetention}.
 */
public interface DeletionStore {
  /** The deletion of that scope, unless it has been forgotten. */
  Optional<Deletion> find(Deletion.Scope scope);

  /**
   * Keeps a new open deletion.
   *
   * @param known what was found of its scope before, closed if there was one: it is replaced
   * @return whether it is kept; if not, another request came first: find it
   */
  boolean open(Deletion fresh, Optional<Deletion> known);

  /** What came of a step. */
  enum Step {
    DONE,
    /** Another change came first, and nothing was deleted: look again. */
    CHANGED_MEANWHILE,
    /** Another request has closed the deletion, and nothing was deleted. */
    CLOSED
  }

  /** Disconnects a connection as it was read, with its claim on an AWS account if it has one. */
  Step disconnect(Deletion deletion, Connection before, Instant now);

  /**
   * Deletes the role reference, the schedule and the claim of a connection that cannot be read, as
   * far as it has them. The rest of its record stays.
   */
  Step disconnectUnreadable(Deletion deletion, ConnectionId id);

  /**
   * Deletes the record of a connection that has no role reference any more.
   *
   * @param keptUntil when other deletions of the same connection are forgotten
   */
  Step deleteConnection(Deletion deletion, ConnectionId id, Instant keptUntil);

  /**
   * Deletes every claim of the deletion's tenant on an AWS account that no active connection has:
   * those that outlived their connection.
   */
  Step freeClaims(Deletion deletion);

  /** Whether there is any connection or claim of that tenant. */
  boolean anyOf(TenantId tenant);

  /**
   * Closes a deletion: nothing is counted after what its receipt says.
   *
   * @param last the connection whose record is deleted in the same write, as by {@link
   *     #deleteConnection}
   * @param keptUntil when the deletion is forgotten; empty if that is left to the deletion of its
   *     connection's record
   * @param receipt of a deletion as it is counted, as JSON; asked again where others count
   *     meanwhile
   * @return it closed, by this call or by another before; empty if it is not kept any more
   */
  Optional<Deletion> close(
      Deletion deletion,
      Optional<ConnectionId> last,
      Optional<Instant> keptUntil,
      Function<Deletion, String> receipt);
}
