package io.cloudoperator.sample.iam;

import java.util.List;

/** Whom a statement of a trust policy names; services and federated identities are nobody here. */
record PrincipalPattern(List<String> aws) {

  enum Match {
    NONE,
    /** By the account's root: an identity-based policy must allow the action, too. */
    ACCOUNT,
    /** By name, or by anyone. */
    DIRECT
  }

  Match match(Caller caller) {
    Match best = Match.NONE;
    for (String name : aws) {
      if (name.equals("*") || name.equals(caller.principalArn()) || name.equals(caller.arn())) {
        return Match.DIRECT;
      }
      if (name.equals(caller.accountId())
          || name.equals("arn:aws:iam::" + caller.accountId() + ":root")) {
        best = Match.ACCOUNT;
      }
    }
    return best;
  }
}
