package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.runtime.ConnectionEventPublisher;
import io.cloudoperator.vault.RoleVault;
import io.cloudoperator.vault.TamperedReferenceException;

/** Seals and opens the role references of connections, and reports the one that does not open. */
final class RoleReferences {
  private final RoleVault vault;
  private final ConnectionEventPublisher announcements;

  RoleReferences(RoleVault vault, ConnectionEventPublisher announcements) {
    this.vault = vault;
    this.announcements = announcements;
  }

  SealedReference seal(Connection connection, RoleReference reference) {
    return vault.seal(connection.tenant(), connection.id(), reference);
  }

  /**
   * What is sealed.
   *
   * @throws ProblemException 409 if it does not belong to this connection, or was changed
   */
  RoleReference open(Connection connection, SealedReference sealed) {
    try {
      return vault.open(connection.tenant(), connection.id(), sealed);
    } catch (TamperedReferenceException _) {
      announcements.tampered(connection);
      throw new ProblemException(
          ProblemCode.REFERENCE_TAMPERED,
          "It does not belong to this connection or was changed, so it was not used, and the"
              + " operator is told. Disconnect, and connect the account again.");
    }
  }
}
