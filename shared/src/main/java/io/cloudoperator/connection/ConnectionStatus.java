package io.cloudoperator.connection;

/** Where a connection is in its life. */
public enum ConnectionStatus {
  /** External ID issued; the role has not been proven yet. Gone after 24 hours. */
  PENDING,
  /** The role has been proven; scans may run. */
  ACTIVE,
  /** The role reference is deleted; results are kept until they are purged. */
  DISCONNECTED
}
