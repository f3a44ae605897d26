package io.cloudoperator.session;

import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import java.util.Optional;

/**
 * A role of our own with the trust policy of customers' templates and no permissions. AWS does not
 * say why it denies AssumeRole: if this one can be assumed at the same time by the same client, the
 * reason is on the customer's side.
 */
public final class Canary {
  private final RoleSessions access;
  private final Optional<RoleArn> role;

  /**
   * @param role empty where there is none: then nothing is ever concluded
   */
  public Canary(RoleSessions access, Optional<RoleArn> role) {
    this.access = access;
    this.role = role;
  }

  /** The side on which the reason for a denial is. */
  public enum Side {
    CUSTOMERS,
    OURS,
    /** There is no canary to tell. */
    UNKNOWN
  }

  /**
   * Whose fault a denial is that has just been received. The call is not one to the customer's
   * account, and belongs in no ledger of theirs.
   *
   * @param sessionName as of the attempt that was denied
   */
  public Side sideOfDenial(String sessionName, Tier tier) {
    return role.map(canary ->
            switch (access.assume(canary, Optional.empty(), sessionName, tier)) {
              case AssumeRoleResult.Granted _ -> Side.CUSTOMERS;
              case AssumeRoleResult.Denied _, AssumeRoleResult.Inconclusive _ -> Side.OURS;
            })
        .orElse(Side.UNKNOWN);
  }
}
