package io.cloudoperator.connect;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Proof;
import java.util.List;

/** What came of trying a role out. */
sealed interface Verdict {
  /** Assumed with the External ID, into the account that the ARN names; probed without it. */
  record Assumed(AccountId account, Proof.Verdict proof, List<Proof.Probe> probes)
      implements Verdict {}

  /** AWS refused for as long as we could wait. */
  record NotAssumable(String code) implements Verdict {}

  /** The role is not of the account that its ARN names. */
  record AnotherAccount() implements Verdict {}

  /** AWS gave no clear answer: nothing may be concluded. */
  record Unknown(String code) implements Verdict {}
}
