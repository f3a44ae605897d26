package io.cloudoperator.connect;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.vault.RoleVault;
import io.cloudoperator.vault.TamperedReferenceException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives out a number for each reference, and hands it back to its own connection only. */
final class BoundVault implements RoleVault {
  private record Owner(TenantId tenant, ConnectionId connection, SealedReference sealed) {}

  private final Map<Owner, RoleReference> references = new HashMap<>();

  private final Set<String> locked = new HashSet<>();

  /** From now on the reference of that connection cannot be opened for a while. */
  void lock(String connection) {
    locked.add(connection);
  }

  @Override
  public SealedReference seal(TenantId tenant, ConnectionId connection, RoleReference reference) {
    SealedReference sealed = new SealedReference("a2V5", "bm9uY2U=", "sealed-" + references.size());
    references.put(new Owner(tenant, connection, sealed), reference);
    return sealed;
  }

  @Override
  public RoleReference open(TenantId tenant, ConnectionId connection, SealedReference sealed) {
    if (locked.contains(connection.value())) {
      throw new IllegalStateException("KMS does not answer");
    }
    RoleReference reference = references.get(new Owner(tenant, connection, sealed));
    if (reference == null) {
      throw new TamperedReferenceException();
    }
    return reference;
  }
}
