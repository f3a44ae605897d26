package io.cloudoperator.runtime;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;

/** What only connections of the audit tier have. */
public final class AuditTier {
  private AuditTier() {}

  /**
   * The connection, if its tier reads APIs.
   *
   * @throws ProblemException 409 if it reads none
   */
  public static Connection required(Connection connection) {
    if (connection.tier() != Tier.AUDIT) {
      throw new ProblemException(
          ProblemCode.TIER_WITHOUT_APIS,
          "This connection is of the minimal tier, which reads no API. Create another one with"
              + " \"tier\": \"audit\".");
    }
    return connection;
  }
}
