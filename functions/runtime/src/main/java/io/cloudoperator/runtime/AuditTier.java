package io.cloudoperator.runtime;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.Problem;
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
          Problem.of(
              409,
              ProblemCode.TIER_WITHOUT_APIS,
              "The tier reads no APIs",
              "This connection is of the minimal tier, which reads no API. Create another one with"
                  + " \"tier\": \"audit\"."));
    }
    return connection;
  }

  /**
   * The connection, if its tier reads what CloudTrail has recorded.
   *
   * @throws ProblemException 409 if it does not
   */
  public static Connection requiredToLookUp(Connection connection) {
    if (connection.tier() != Tier.AUDIT) {
      throw new ProblemException(
          Problem.of(
              409,
              ProblemCode.TIER_WITHOUT_LOOKUP,
              "The tier does not read CloudTrail",
              "This connection is of the minimal tier, which cannot look up CloudTrail's events. POST"
                  + " them to /connections/"
                  + connection.id()
                  + "/calls/reconcile, or create another connection with \"tier\": \"audit\"."));
    }
    return connection;
  }
}
