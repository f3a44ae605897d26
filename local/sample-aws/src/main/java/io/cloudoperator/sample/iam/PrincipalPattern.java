package io.cloudoperator.sample.iam;

import java.util.List;

/** Whom a statement of a trust policy names; services and federated identities are nobody here. */
record PrincipalPattern(List<String> aws) {

  enum Match {
    NONE,
    /** By the account's root: an identity-based policy must allow the action, too. */
    ACCOUNT,
    /** By the role that is assumed, or by anyone. */
    ROLE,
    /** By the user's own ARN, or by the session's. */
    SELF
  }

  Match match(Caller caller) {
    Match best = Match.NONE;
    for (String name : aws) {
      Match match = match(name, caller);
      if (match.compareTo(best) > 0) {
        best = match;
      }
    }
    return best;
  }

  private static Match match(String name, Caller caller) {
    if (name.equals(caller.arn())) {
      return Match.SELF;
    }
    if (name.equals("*") || name.equals(caller.principalArn())) {
      return Match.ROLE;
    }
    boolean account =
        name.equals(caller.accountId())
            || name.equals("arn:aws:iam::" + caller.accountId() + ":root");
    return account ? Match.ACCOUNT : Match.NONE;
  }
}
