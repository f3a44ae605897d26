package io.cloudoperator.connection;

import java.util.Optional;

/**
 * The External ID and role ARN with which a customer's role is assumed. It is in the clear in
 * memory only.
 *
 * @param externalId issued with the connection
 * @param roleArn empty until the customer has told it
 */
public record RoleReference(ExternalId externalId, Optional<RoleArn> roleArn) {
  /** The reference of a pending connection whose role is not known yet. */
  public static RoleReference issued(ExternalId externalId) {
    return new RoleReference(externalId, Optional.empty());
  }

  /** The same External ID with this role; never another External ID. */
  public RoleReference withRole(RoleArn arn) {
    return new RoleReference(externalId, Optional.of(arn));
  }
}
