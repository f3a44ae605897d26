package io.cloudoperator.receipt;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A statement of what one deletion has deleted, and of what remained after it, where and until
 * when. A deletion is one request, or as many as it took after the first was broken off: it counts
 * what their own writes deleted, and nothing that was gone before.
 *
 * <p>As JSON, which is what is signed:
 *
 * <pre>{@code
 * {"id":"01997f6e-7c00-7abc-8def-0123456789ab","kind":"purge","tenant":"acme",
 *  "connection":"con-0123456789abcdef0123456789abcdef","account":"444455556666",
 *  "at":"2026-11-22T12:00:00Z",
 *  "deleted":[{"what":"snapshots","count":5},{"what":"runs","count":2}],
 *  "remains":[{"what":"logs","where":"…","until":"2026-12-22T12:15:00Z","how":"…"}]}
 * }</pre>
 *
 * @param id a UUID of version 7: no two deletions have the same
 * @param connection that was disconnected or purged; absent exactly for a whole tenant
 * @param account of that connection, once proven
 * @param at by when all of it was deleted; what remains, remained then
 */
public record Receipt(
    String id,
    Deletion.Kind kind,
    TenantId tenant,
    Optional<ConnectionId> connection,
    Optional<AccountId> account,
    Instant at,
    List<Deleted> deleted,
    List<Remainder> remains) {

  /**
   * @throws IllegalArgumentException if the id is none, or the parts do not fit the kind
   */
  public Receipt {
    if (!UuidV7.is(id)) {
      throw new IllegalArgumentException("a receipt's id is a UUID of version 7 in lower case");
    }
    if (connection.isPresent() == (kind == Deletion.Kind.TENANT_PURGE)) {
      throw new IllegalArgumentException("a receipt is of one connection, or of a whole tenant");
    }
    deleted = List.copyOf(deleted);
    remains = List.copyOf(remains);
  }
}
