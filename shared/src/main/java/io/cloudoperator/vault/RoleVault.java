package io.cloudoperator.vault;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;

/** Seals role references, each for one connection of one tenant. */
public interface RoleVault {
  /** Encrypts under a new data key, bound to this tenant and connection. */
  SealedReference seal(TenantId tenant, ConnectionId connection, RoleReference reference);

  /**
   * The reference in the clear.
   *
   * @throws TamperedReferenceException if it was sealed for another tenant or connection, or
   *     changed
   */
  RoleReference open(TenantId tenant, ConnectionId connection, SealedReference sealed);
}
