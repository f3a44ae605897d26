package io.cloudoperator.connection;

/** The status of a connection. */
public enum ConnectionStatus {
  /** External ID issued; the role has not been proven yet. Gone after 24 hours. */
  PENDING,
  /** The role has been proven; scans may run. */
  ACTIVE,
  /**
   * The role was proven before; now AWS denies it, while our own canary role can be assumed. Active
   * again once the role is back and proven.
   */
  REVOKED,
  /**
   * The role was proven before; now it can be assumed without its External ID or with another.
   * Nothing is read with it until it has been proven again.
   */
  QUARANTINED,
  /** The role reference is deleted; results are kept until they are purged. */
  DISCONNECTED;

  /** Whether it was proven once, and nothing is scheduled until it has been proven again. */
  public boolean suspended() {
    return switch (this) {
      case REVOKED, QUARANTINED -> true;
      case PENDING, ACTIVE, DISCONNECTED -> false;
    };
  }

  /**
   * Whether it was proven once and is not disconnected: it keeps other connections of its tenant
   * from its AWS account, and a scan may be asked for, which proves a suspended one anew first.
   */
  public boolean connected() {
    return this == ACTIVE || suspended();
  }
}
